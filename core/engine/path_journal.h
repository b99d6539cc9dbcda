// PathJournal: what happened between us and one contact, for its connection page.
#pragma once

#include "core/messenger/connection_info.h"

#include <deque>

namespace culvert {

/// The last moments, at most ConnectionInfo::kMomentsMax; several of one kind in a row are one with a count, so that a
/// peer that repeats itself does not push out the others.
class PathJournal {
public:
    void note(const Now& now, MomentKind kind) { note({kind, now.wall}); }
    void note(const PathMoment& moment) {
        const bool isPlain = moment.path == PathKind::None && moment.kind != MomentKind::Down;
        if (isPlain && !m_moments.empty() && m_moments.back().kind == moment.kind) {
            m_moments.back().at = moment.at;
            ++m_moments.back().count;
            return;
        }
        if (m_moments.size() >= ConnectionInfo::kMomentsMax)
            m_moments.pop_front();
        m_moments.push_back(moment);
    }
    std::vector<PathMoment> moments() const { return {m_moments.begin(), m_moments.end()}; }

private:
    std::deque<PathMoment> m_moments;
};

} // namespace culvert
