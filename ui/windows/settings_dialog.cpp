#include "ui/windows/settings_dialog.h"

#include "ui/style/theme.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/search_field.h"
#include "ui/windows/setting_row.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace culvert {
namespace {

constexpr QSize kSize(760, 600);
constexpr int kSideWidth = 184;

} // namespace

SettingsDialog::SettingsDialog(MessengerBridge& bridge, UiSettings& ui, const Desktop& desktop, Keyring* keyring,
                               bool isOpen, QWidget* parent)
    : QDialog(parent), m_controls(new SettingControls(bridge, ui, desktop, keyring, isOpen, this)),
      m_toast(new Toast(this)) {
    setWindowTitle(tr("Settings"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumSize(340, 320);
    auto* row = new QBoxLayout(QBoxLayout::LeftToRight, this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    buildSide(row);
    m_scroll = new QScrollArea(this);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    row->addWidget(m_scroll, 1);
    buildRows();
    connect(m_search, &QLineEdit::textChanged, this, &SettingsDialog::filter);
    connect(m_pageList, &QListWidget::currentRowChanged, this, [this] {
        m_search->clear();
        filter();
        m_scroll->verticalScrollBar()->setValue(0);
    });
    connect(m_controls, &SettingControls::told, m_toast, &Toast::showText);
    connect(m_controls, &SettingControls::failed, this, [this](const QString& id, const QString& sentence) {
        for (const Page& page : m_pages)
            for (SettingRow* each : page.rows)
                each->showError(each->entry().id == id ? sentence : QString());
    });
    connect(m_controls, &SettingControls::reported, this, [this](const QString& id, const QString& sentence) {
        for (const Page& page : m_pages)
            for (SettingRow* each : page.rows)
                if (each->entry().id == id)
                    each->showResult(sentence);
    });
    m_pageList->setCurrentRow(0);
    resize(parent == nullptr ? kSize : kSize.boundedTo(parent->window()->size()));
    m_search->setFocus();
}

void SettingsDialog::buildSide(QLayout* row) {
    m_side = new QWidget(this);
    m_side->setObjectName(QStringLiteral("settingsSide"));
    m_side->setAttribute(Qt::WA_StyledBackground);
    auto* column = new QVBoxLayout(m_side);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(8);
    m_search = new SearchField(m_side);
    m_search->setObjectName(QStringLiteral("settingsSearch"));
    m_search->setPlaceholderText(tr("Search"));
    m_search->setAccessibleName(tr("Search settings"));
    m_pageList = new QListWidget(m_side);
    m_pageList->setObjectName(QStringLiteral("settingsPages"));
    m_pageList->setAccessibleName(tr("Pages of settings"));
    m_pageList->setFrameShape(QFrame::NoFrame);
    m_pageList->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_pageList->ensurePolished(); // Screen readers have the rows laid out before they show; the style must know them.
    column->addWidget(m_search);
    column->addWidget(m_pageList, 1);
    row->addWidget(m_side);
}

void SettingsDialog::buildRows() {
    auto* ground = new QWidget(m_scroll);
    auto* column = new QVBoxLayout(ground);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(4);
    m_nothingFound = makeLabel(tr("No setting matches."), QStringLiteral("secondary"), ground);
    column->addWidget(m_nothingFound);
    const QVector<SettingEntry> entries = SettingCatalog::entries();
    for (const SettingsPage page : SettingCatalog::pages()) {
        Page made{page, makeLabel(SettingCatalog::title(page), QStringLiteral("heading"), ground), {}};
        made.heading->setContentsMargins(12, 8, 12, 4);
        column->addWidget(made.heading);
        for (const SettingEntry& entry : entries) {
            if (entry.page != page || !m_controls->has(entry.id))
                continue;
            made.rows.append(new SettingRow(entry, *m_controls, ground));
            column->addWidget(made.rows.last());
        }
        if (made.rows.isEmpty()) {
            delete made.heading;
            continue;
        }
        m_pageList->addItem(SettingCatalog::title(page));
        m_pages.append(made);
    }
    column->addStretch();
    m_scroll->setWidget(ground);
}

void SettingsDialog::filter() {
    const QString search = m_search->text().trimmed();
    const bool everywhere = !search.isEmpty() || width() < kNarrow;
    bool isAny = false;
    for (qsizetype i = 0; i < m_pages.size(); ++i) {
        bool isHere = false;
        for (SettingRow* row : m_pages[i].rows) {
            const bool isShown =
                (everywhere || i == m_pageList->currentRow()) && SettingCatalog::matches(row->entry(), search);
            row->setVisible(isShown);
            isHere = isHere || isShown;
        }
        m_pages[i].heading->setVisible(isHere);
        isAny = isAny || isHere;
    }
    m_nothingFound->setVisible(!isAny);
}

void SettingsDialog::showSetting(const QString& id) {
    m_search->clear();
    for (qsizetype i = 0; i < m_pages.size(); ++i) {
        for (SettingRow* row : m_pages[i].rows) {
            const bool isIt = row->entry().id == id;
            row->setMarked(isIt);
            if (!isIt)
                continue;
            m_pageList->setCurrentRow(static_cast<int>(i));
            filter();
            m_scroll->widget()->layout()->activate();
            m_scroll->ensureWidgetVisible(row);
            row->focusControl();
        }
    }
}

QString SettingsDialog::place() const {
    const int row = m_pageList->currentRow();
    return row < 0 ? QString() : m_pages[row].rows.first()->entry().id;
}

void SettingsDialog::resizeEvent(QResizeEvent* event) {
    QDialog::resizeEvent(event);
    arrange();
}

void SettingsDialog::keyPressEvent(QKeyEvent* event) {
    if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter)
        QDialog::keyPressEvent(event);
}

void SettingsDialog::arrange() {
    const bool narrow = width() < kNarrow;
    auto* row = static_cast<QBoxLayout*>(layout());
    row->setDirection(narrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_pageList->setVisible(!narrow);
    m_side->setFixedWidth(narrow ? width() : std::max(kSideWidth, Theme::scaled(kSideWidth) * 3 / 4));
    for (const Page& page : m_pages)
        for (SettingRow* each : page.rows)
            each->setNarrow(m_scroll->width() < Theme::scaled(460));
    filter();
}

} // namespace culvert
