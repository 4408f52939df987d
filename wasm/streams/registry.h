// Every analysis stream of the engine: one line each.
#pragma once
#include <tuple>

namespace sl {

using Streams = std::tuple<>;

}  // namespace sl
