// From plan bytes to a program: nothing in the bytes is trusted. Control thread.
#pragma once
#include "engine/program.h"

namespace sl {

/// Where and why a plan was refused.
struct PlanRefusal {
  PlanError error = PlanError::none;
  uint32_t section = 0;  ///< 0 header, 1 ops, 2 ports, 3 params, 4 rows, 5 sources, 6 amounts, 7 tables, 8 harmonics, 9
                         ///< effects, 10 values, 11 pads
  uint32_t index = 0;
  uint32_t offset = 0;  ///< bytes from the start of the plan
};

/// The sections of a plan that fits its length. Valid only after `checkPlan` said so.
struct PlanView {
  const PlanHeader* header;
  const PlanOp* ops;
  const uint16_t* ports;
  const float* params;
  const PlanRow* rows;
  const PlanSource* sources;
  const PlanAmount* amounts;
  const PlanTable* tables;
  const float* harmonics;
  const PlanEffect* effects;
  const float* effectValues;
  const PlanPad* pads;
  const uint8_t* padPlans;  ///< one after another, in the order of the pads
};

/// Checks every index, size and number; `bytes` is 4-byte aligned.
PlanRefusal checkPlan(const uint8_t* bytes, uint32_t length, PlanView& view);

/// Null with a refusal, or a program with its own copies of everything. Of a kit: with a program for each pad.
Program* buildProgram(const uint8_t* bytes, uint32_t length, float sampleRate, uint32_t seed, PlanRefusal& refusal);
void freeProgram(Program* program);

}  // namespace sl
