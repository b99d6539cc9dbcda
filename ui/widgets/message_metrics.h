// The measures of bubbles, in device-independent pixels; for the files that lay messages out and paint them. What holds
// text grows with its size.
#pragma once

#include "ui/style/theme.h"

namespace culvert::message_metrics {

inline constexpr int kEdge = 16; ///< between window edge and bubble
inline constexpr int kPadX = 12;
inline constexpr int kPadY = 7;
inline constexpr int kWidthMin = 40;
inline constexpr int kCorner = 14;
inline constexpr int kTail = 4;
inline constexpr int kBlockGap = 6;
inline constexpr int kCodePad = 8;
inline constexpr int kQuoteBar = 3;
inline constexpr int kQuotePad = 8;
inline constexpr int kPillPad = 7;
inline constexpr int kLargeEmojiMax = 3; ///< so many alone are shown larger

/// Of the text; longer lines are hard to read.
inline int bubbleWidthMax() {
    return Theme::scaled(520);
}
/// 13 px type at a line height of 1.4.
inline int lineHeight() {
    return Theme::scaled(18);
}
inline int dayHeight() {
    return Theme::scaled(40);
}
inline int unreadHeight() {
    return Theme::scaled(36);
}
inline int tickSize() {
    return Theme::scaled(16);
}
inline int timerSize() {
    return Theme::scaled(12);
}
/// Two lines.
inline int quoteSize() {
    return Theme::scaled(40);
}
inline int pillHeight() {
    return Theme::scaled(24);
}

} // namespace culvert::message_metrics
