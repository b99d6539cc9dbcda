// ReportCard: the findings of one area, each with its evidence behind a disclosure.
#pragma once

#include "ui/widgets/report_wording.h"

#include <QFrame>

class QGridLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace culvert {

class IconLabel;

/// One finding. Its disclosure stays as it is while the words change.
class FindingView : public QWidget {
    Q_OBJECT

public:
    explicit FindingView(const ReportEntry& entry, QWidget* parent);
    const QString& key() const { return m_entry.key; }
    void setEntry(const ReportEntry& entry);
    bool isOpen() const;
    /// Tab goes from `before` to the disclosure, which is what comes next.
    QWidget* orderTabs(QWidget* before);

signals:
    void actionWanted(culvert::ReportAction action);

private:
    void showEvidence();
    void updateDisclosure();

    ReportEntry m_entry;
    IconLabel* m_icon;
    QLabel* m_word;
    QLabel* m_title;
    QLabel* m_text;
    QLabel* m_fix;
    QPushButton* m_action;
    QPushButton* m_disclosure;
    QWidget* m_evidence;
    QGridLayout* m_rows;
};

/// A heading and its findings. What stays keeps its widget, so that neither the focus nor an open disclosure is lost.
class ReportCard : public QFrame {
    Q_OBJECT

public:
    ReportCard(const ReportSection& section, QWidget* parent);
    const QString& key() const { return m_key; }
    void setSection(const ReportSection& section);
    /// Tab goes from `before` through the disclosures, from above to below; the last one comes back.
    QWidget* orderTabs(QWidget* before);
    /// The first thing in it that takes the focus.
    QWidget* firstStop() const;

signals:
    void actionWanted(culvert::ReportAction action);

private:
    QString m_key;
    QLabel* m_title;
    QVBoxLayout* m_column;
    QList<FindingView*> m_views;
};

} // namespace culvert
