// A world in which one person has objectives, and is scored by them alone.
#pragma once

#include <string>

#include "unit/scoring/world.h"

namespace world {

struct OkrWorld : World {
  std::string checkins = "key_result,date,value\n";

  OkrWorld() {
    people("employee_id,org_unit\nE1,U\n");
    plan().weights[0].reset();
    plan().weights[1] = dec("100");
  }
  model::Objective& objective(const std::string& id, const std::string& weight = "") {
    model::Objective o;
    o.id = id;
    o.cycle = "c";
    o.owner = {model::OwnerKind::employee, "E1", {}};
    if (!weight.empty()) o.weight = dec(weight);
    d.objectives.push_back(o);
    return d.objectives.back();
  }
  void checkin(const std::string& kr, const std::string& value, const std::string& date = "2025-12-20") {
    checkins += kr + "," + date + "," + value + "\n";
  }
  Scored go() const {
    World copy = *this;
    copy.table(model::TableId::checkins, checkins);
    return copy.run();
  }
};

}  // namespace world
