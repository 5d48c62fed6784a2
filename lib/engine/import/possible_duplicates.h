// People who most likely stand twice, under two ids: the same name, and the same e-mail address, mobile number, day of
// birth or hire date. Only suggested: it takes somebody who knows them to tell.
#pragma once

#include <string>
#include <vector>

#include "engine/import/checks.h"
#include "facts/frame.h"

namespace hr::engine {

// Warnings about rows of `people`, ascending; at most a few, and the last one says how many more there are. Rows of
// people who are new are also held against those who are stored and not in the file. Something that so many people
// share that pairs must be expected by chance is no evidence, nor what more than three have.
std::vector<RowFault> possible_duplicates(const facts::Frame& people, const std::string& file,
                                          const std::vector<facts::Frame>& stored);

}  // namespace hr::engine
