// Every record, enumeration and constant that TypeScript shares with the engine: one line each.
#pragma once
#include <array>

#include "core/record.h"
#include "wire/asset.h"
#include "wire/layout.h"
#include "wire/strip_port.h"

namespace sl {

inline constexpr std::array kRecords{
    Record{"command", "A command to the engine.", sizeof(Command), table::kCommandFields},
    Record{"noteOn", "Payload of noteOn.", sizeof(Command), table::kNoteOnFields},
    Record{"noteOff", "Payload of noteOff.", sizeof(Command), table::kNoteOffFields},
    Record{"express", "Payload of express.", sizeof(Command), table::kExpressFields},
    Record{"control", "Payload of bend, wheel, pressure, timbre, sustain, gains, pan, mutes, solo, metronome.",
           sizeof(Command), table::kControlFields},
    Record{"param", "Payload of setParam and masterParam.", sizeof(Command), table::kParamFields},
    Record{"toggle", "Payload of setBypass, masterBypass, tap, analysisTap, reset, ping.", sizeof(Command),
           table::kSwitchFields},
    Record{
        "install",
        "Payload of installProgram, installTimeline, installClips, installAutomation, installRouting, installControls.",
        sizeof(Command), table::kInstallFields},
    Record{"send", "Payload of stripSend.", sizeof(Command), table::kSendFields},
    Record{"seek", "Payload of transportSeek.", sizeof(Command), table::kSeekFields},
    Record{"loop", "Payload of transportLoop.", sizeof(Command), table::kLoopFields},
    Record{"reply", "What the engine tells back.", sizeof(Reply), table::kReplyFields},
    Record{"ring", "Header of a ring of records; the records follow.", sizeof(RingHeader), table::kRingFields},
    Record{"slot", "A latest-value slot.", sizeof(Slot), table::kSlotFields},
    Record{"tap", "Header of a tap ring; interleaved stereo f32 follows.", sizeof(TapHeader), table::kTapFields},
    Record{"stripPort", "A strip's signal before its fader, between private engines.", sizeof(StripPort),
           table::kStripPortFields},
    Record{"log", "Header of the replay log; commands follow.", sizeof(LogHeader), table::kLogFields},
    Record{"wireHeader", "The map of the shared memory, at engine_wire().", sizeof(WireHeader), table::kWireFields},
    Record{"planHeader", "First bytes of a plan.", sizeof(PlanHeader), table::kPlanHeaderFields},
    Record{"planOp", "One operation of a plan.", sizeof(PlanOp), table::kPlanOpFields},
    Record{"planRow", "One modulated parameter.", sizeof(PlanRow), table::kPlanRowFields},
    Record{"planSource", "One modulation source.", sizeof(PlanSource), table::kPlanSourceFields},
    Record{"planAmount", "A modulation amount that can be turned.", sizeof(PlanAmount), table::kPlanAmountFields},
    Record{"planTable", "One baked waveform.", sizeof(PlanTable), table::kPlanTableFields},
    Record{"planPad", "One pad of a kit.", sizeof(PlanPad), table::kPlanPadFields},
    Record{"planEffect", "One effect of the chain.", sizeof(PlanEffect), table::kPlanEffectFields},
    Record{"assetHeader", "First bytes of an asset.", sizeof(AssetHeader), table::kAssetHeaderFields},
    Record{"assetZone", "One recording of a sample.", sizeof(SampleZone), table::kAssetZoneFields},
    Record{"songTable", "First bytes of any song table.", sizeof(SongTable), table::kSongTableFields},
    Record{"tempoPoint", "One segment of the tempo map.", sizeof(TempoPoint), table::kTempoPointFields},
    Record{"signaturePoint", "One time signature.", sizeof(SignaturePoint), table::kSignaturePointFields},
    Record{"songEvent", "One note or controller value of a track.", sizeof(SongEvent), table::kSongEventFields},
    Record{"notePoint", "One expression of a note.", sizeof(NotePoint), table::kNotePointFields},
    Record{"automationLane", "One automated parameter.", sizeof(AutomationLane), table::kAutomationLaneFields},
    Record{"automationPoint", "One breakpoint.", sizeof(AutomationPoint), table::kAutomationPointFields},
    Record{"routeStrip", "One strip of the routing.", sizeof(RouteStrip), table::kRouteStripFields},
    Record{"controlBus", "One control bus.", sizeof(ControlBus), table::kControlBusFields},
    Record{"controlRoute", "One parameter that follows a control bus.", sizeof(ControlRoute),
           table::kControlRouteFields},
    Record{"routePath", "One delayed path of the routing.", sizeof(RoutePath), table::kRoutePathFields},
};

inline constexpr std::array kEnums{
    EnumTable{"event", "Command types.", table::kEvents},
    EnumTable{"commandFlag", "Low byte of a command's flags.", table::kCommandFlags},
    EnumTable{"expression", "What a note can be told while it sounds.", table::kExpressions},
    EnumTable{"installMode", "How a strip takes a program.", table::kInstallModes},
    EnumTable{"replyType", "Reply types.", table::kReplyTypes},
    EnumTable{"reason", "Why.", table::kReasons},
    EnumTable{"producer", "Command rings.", table::kProducers},
    EnumTable{"slotId", "Seqlock slots.", table::kSlots},
    EnumTable{"tapId", "Tap rings.", table::kTaps},
    EnumTable{"levelWord", "Payload words of a level slot.", table::kLevelWords},
    EnumTable{"loadWord", "Payload words of the load slot.", table::kLoadWords},
    EnumTable{"statusWord", "Payload words of the status slot.", table::kStatusWords},
    EnumTable{"opKind", "Kinds of operations.", table::kOpKinds},
    EnumTable{"rackPlace", "Where an effect stands in a rack.", table::kRackPlaces},
    EnumTable{"voiceMode", "How notes take voices.", table::kVoiceModes},
    EnumTable{"sourceKind", "Kinds of modulation sources.", table::kSourceKinds},
    EnumTable{"planError", "Why a plan or song table was refused.", table::kPlanErrors},
    EnumTable{"assetKind", "Kinds of assets.", table::kAssetKinds},
    EnumTable{"builtinAsset", "Sources that the engine makes itself.", table::kBuiltinAssets},
    EnumTable{"seekUnit", "What a seek counts in.", table::kSeekUnits},
    EnumTable{"transportStatus", "What the transport does.", table::kTransportStatus},
    EnumTable{"transportFlag", "Bits of the transport's flags.", table::kTransportFlags},
    EnumTable{"transportWord", "Payload words of the transport slot.", table::kTransportWords},
    EnumTable{"songTableKind", "Kinds of song tables.", table::kSongTableKinds},
    EnumTable{"controlKind", "Kinds of control buses.", table::kControlKinds},
    EnumTable{"controlShape", "Shapes of a control bus that moves by itself.", table::kControlShapes},
    EnumTable{"pathKind", "Kinds of paths between strips.", table::kPathKinds},
    EnumTable{"songEventKind", "Kinds of song events.", table::kSongEventKinds},
    EnumTable{"laneTarget", "What an automation lane moves.", table::kLaneTargets},
};

inline constexpr auto kConstants = [] {
  std::array<Constant, table::kLimits.size() + table::kPlanConstants.size() + table::kSongConstants.size() +
                           table::kAssetConstants.size() + table::kExpressionLimits.size()>
      all{};
  std::size_t n = 0;
  for (const Constant& entry : table::kLimits) all[n++] = entry;
  for (const Constant& entry : table::kPlanConstants) all[n++] = entry;
  for (const Constant& entry : table::kSongConstants) all[n++] = entry;
  for (const Constant& entry : table::kAssetConstants) all[n++] = entry;
  for (const Constant& entry : table::kExpressionLimits) all[n++] = entry;
  return all;
}();

}  // namespace sl
