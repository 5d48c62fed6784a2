// The sections of a dossier, each a table; see dossier.h.
#pragma once

#include "report/dossier.h"

namespace hr::report {

table::Table person_section(const Dossier& dossier);
table::Table spells_section(const Dossier& dossier);
table::Table cycles_section(const Dossier& dossier);  // dossier_scores.cpp
table::Table moves_section(const Dossier& dossier);
table::Table peers_section(const Dossier& dossier);  // dossier_scores.cpp
table::Table key_results_section(const Dossier& dossier);
table::Table feedback_section(const Dossier& dossier);
table::Table recognitions_section(const Dossier& dossier);

// A text, or nothing where it is empty.
void add_if_any(table::Column& column, std::string_view text);

}  // namespace hr::report
