// ReportWording: the network report in the user's language, ready for cards.
#pragma once

#include "core/messenger/network_report.h"
#include "ui/style/icons.h"
#include "ui/style/theme.h"

#include <QCoreApplication>
#include <QString>
#include <QVector>

namespace culvert {

/// What a finding rests on, in words.
struct EntryRow {
    QString label;
    QString value;
};

/// One finding of a card.
struct ReportEntry {
    QString key; ///< stays while the finding stays; nobody sees it
    IconId icon = IconId::Info;
    ColorRole ink = ColorRole::Secondary;
    QString word; ///< what the icon says
    QString title;
    QString text; ///< may be empty
    QString fix;  ///< may be empty
    QVector<EntryRow> evidence;
    QString since{}; ///< a time; may be empty
    ReportAction action = ReportAction::None;
    QString actionText{}; ///< of its button
};

/// One card.
struct ReportSection {
    QString key; ///< stays in every language; nobody sees it
    QString title;
    QVector<ReportEntry> entries;
};

/// Pure functions from values to text.
class ReportWording {
    Q_DECLARE_TR_FUNCTIONS(culvert::ReportWording)

public:
    /// A sentence of the report in the user's language.
    static QString sentence(const char* text);
    /// Every card in its order; those without a finding are left out.
    static QVector<ReportSection> sections(const NetworkReport& report);
    static QString event(const NetworkEvent& event);
    static QString teredoHealth(TeredoServerHealth health);
    static IconId icon(ReportSeverity severity);
    static ColorRole ink(ReportSeverity severity);

private:
    static QString action(ReportAction action);
    static QString word(ReportSeverity severity);
    static QString area(ReportArea area);
    static QString mechanism(TransitionMechanism mechanism);
    static QString usability(const TransitionVerdict& verdict);
    static ReportEntry entry(const ReportItem& item);
    static ReportEntry entry(const TransitionVerdict& verdict);
};

} // namespace culvert
