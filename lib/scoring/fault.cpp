#include "scoring/fault.h"

namespace hr::scoring {

const char* name_of(Fault fault) {
  switch (fault) {
    case Fault::none:
      return "";
    case Fault::no_fact:
      return "no_fact";
    case Fault::no_target:
      return "no_target";
    case Fault::target_not_positive:
      return "target_not_positive";
    case Fault::no_scale:
      return "no_scale";
    case Fault::no_method:
      return "no_method";
    case Fault::not_computable:
      return "not_computable";
    case Fault::no_checkin:
      return "no_checkin";
    case Fault::no_weight:
      return "no_weight";
    case Fault::no_unit:
      return "no_unit";
  }
  return "";
}

}  // namespace hr::scoring
