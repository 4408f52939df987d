// Every analysis stream: one line each.
#pragma once
#include <tuple>

#include "streams/features.h"
#include "streams/levels.h"
#include "streams/scope.h"
#include "streams/spectrum.h"

namespace sl {

using Streams = std::tuple<Levels, Spectrum, Scope>;
/// Declared here, computed in the analyzer worker's TypeScript.
using Features = std::tuple<Centroid, Flatness, Loudness, Mfcc>;

}  // namespace sl
