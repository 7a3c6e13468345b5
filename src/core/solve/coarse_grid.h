// src/core/solve/coarse_grid.h: starts that a fine grid has and no best plan needs.
#pragma once
#include "core/solve/instance.h"

namespace convene {

/// With starts every five minutes and hours that begin on the half hour, whoever can come at 09:05 can come
/// at 09:00. Looks for the widest step g such that every start on the grid can be moved back to a multiple of
/// g: everybody who can be there can be there then, at no more if-needed time, and two meetings that one
/// facilitator can lead stay apart. Nobody attends the other starts any more then. Under anchors of one zone
/// only.
void coarsen(Instance& instance);

}  // namespace convene
