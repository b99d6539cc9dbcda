// The measures of bubbles, in device-independent pixels; for the files that lay messages out and paint them.
#pragma once

namespace culvert::message_metrics {

inline constexpr int kEdge = 16; ///< between window edge and bubble
inline constexpr int kPadX = 12;
inline constexpr int kPadY = 7;
inline constexpr int kWidthMax = 520; ///< of the text; longer lines are hard to read
inline constexpr int kWidthMin = 40;
inline constexpr int kLine = 18; ///< 13 px type at a line height of 1.4
inline constexpr int kDay = 40;
inline constexpr int kUnreadLine = 36;
inline constexpr int kTick = 16;
inline constexpr int kTimer = 12;
inline constexpr int kCorner = 14;
inline constexpr int kTail = 4;
inline constexpr int kBlockGap = 6;
inline constexpr int kCodePad = 8;
inline constexpr int kQuote = 40; ///< two lines
inline constexpr int kQuoteBar = 3;
inline constexpr int kQuotePad = 8;
inline constexpr int kPill = 24;
inline constexpr int kPillPad = 7;
inline constexpr int kLargeEmojiMax = 3; ///< so many alone are shown larger

} // namespace culvert::message_metrics
