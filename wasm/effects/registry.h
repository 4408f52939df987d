// Every effect of the engine: one line each. The order gives the numeric index of this build; ids are what is saved.
#pragma once
#include <tuple>

#include "effects/chorus.h"
#include "effects/delay.h"
#include "effects/ensemble.h"
#include "effects/flanger.h"
#include "effects/limiter.h"
#include "effects/pingpong.h"
#include "effects/plate.h"

namespace sl {

using Effects = std::tuple<  //
    Delay,                   //
    PingPong,                //
    Plate,                   //
    Chorus,                  //
    Ensemble,                //
<<<<<<< HEAD
    Flanger>;
=======
    Flanger,                 //
    Saturation,              //
    Distortion,              //
    Limiter>;
>>>>>>> e25be55 (Limiter: true peaks held 0.1 dB below the ceiling's tolerance, exact below it)

}  // namespace sl
