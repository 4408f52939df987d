// Every unit generator of the engine: one line each. The order gives the numeric index of this build; ids are what is
// saved.
#pragma once
#include <tuple>

#include "units/env.h"
#include "units/gain.h"
#include "units/pan.h"
#include "units/saw.h"
#include "units/square.h"
#include "units/svf.h"
#include "units/triangle.h"

namespace sl {

using Units = std::tuple<Saw, Square, Triangle, Svf, Env, Gain, Pan>;

}  // namespace sl
