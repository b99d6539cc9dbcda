#include "ui/windows/search_results.h"

#include "ui/bridge/messenger_bridge.h"
#include "ui/bridge/pictures.h"
#include "ui/models/contact_list_model.h"
#include "ui/widgets/hit_delegate.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/wording.h"

#include <QListView>
#include <QScrollBar>
#include <QVBoxLayout>

namespace culvert {

SearchResults::SearchResults(MessengerBridge& bridge, const ContactListModel& contacts, QWidget* parent)
    : QWidget(parent), m_model(bridge) {
    m_model.setNamer([&contacts](const ContactId& id) {
        const auto contact = contacts.find(id);
        return contact ? ContactListModel::displayName(*contact) : QString();
    });
    m_model.setPictureOf([&contacts, &bridge](const ContactId& id) {
        const auto contact = contacts.find(id);
        return contact ? bridge.pictures().of(*contact) : QImage();
    });
    m_model.setDescriber([](const SearchHit& hit, const QString& name) {
        return tr("In the conversation with %1: %2").arg(name, Wording::describe(hit.message, name));
    });
    auto* heading = makeLabel(tr("Messages"), QStringLiteral("strong"), this);
    heading->setContentsMargins(16, 8, 16, 4);
    m_status = makeLabel({}, QStringLiteral("secondary"), this);
    m_status->setObjectName(QStringLiteral("searchStatus"));
    m_status->setTextFormat(Qt::PlainText);
    m_status->setContentsMargins(16, 4, 16, 8);
    buildList();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(heading);
    column->addWidget(m_status);
    column->addWidget(m_list, 1);
    connect(&m_model, &SearchModel::stateChanged, this, &SearchResults::updateStatus);
    connect(&bridge.pictures(), &Pictures::changed, this, [this] { m_list->viewport()->update(); });
    updateStatus();
}

void SearchResults::buildList() {
    m_list = new QListView(this);
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new HitDelegate(m_list));
    m_list->setAccessibleName(tr("Messages that were found"));
    m_list->setObjectName(QStringLiteral("hits"));
    m_list->setUniformItemSizes(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMouseTracking(true); // rows answer to the pointer
    m_list->setFrameShape(QFrame::NoFrame);
    connect(m_list, &QListView::clicked, this, &SearchResults::openRow);
    connect(m_list->verticalScrollBar(), &QScrollBar::valueChanged, this, &SearchResults::fetchNearTheEnd);
}

void SearchResults::setSearch(const QString& text, const std::optional<ContactId>& contact) {
    clearChoice();
    m_model.setSearch(text, contact);
}

bool SearchResults::step(int rows) {
    const int row = hasChoice() ? m_list->currentIndex().row() + rows : rows > 0 ? 0 : -1;
    if (row < 0 || m_model.rowCount() == 0) {
        clearChoice();
        return false;
    }
    m_list->setCurrentIndex(m_model.index(std::min(row, m_model.rowCount() - 1)));
    fetchNearTheEnd();
    return true;
}

bool SearchResults::hasChoice() const {
    return m_list->selectionModel()->hasSelection();
}

void SearchResults::clearChoice() {
    m_list->selectionModel()->clear();
}

bool SearchResults::open() {
    const QModelIndex index = hasChoice() ? m_list->currentIndex() : m_model.index(0);
    if (!index.isValid())
        return false;
    openRow(index);
    return true;
}

QString SearchResults::choiceInWords() const {
    return hasChoice() ? m_list->currentIndex().data(Qt::AccessibleTextRole).toString() : QString();
}

void SearchResults::openRow(const QModelIndex& index) {
    m_list->setCurrentIndex(index);
    emit opened(index.data(SearchModel::ContactRole).value<ContactId>(),
                index.data(SearchModel::RefRole).value<MessageRef>());
}

void SearchResults::fetchNearTheEnd() {
    const QScrollBar* bar = m_list->verticalScrollBar();
    if (bar->value() >= bar->maximum() - m_list->height())
        m_model.fetchOlder();
}

void SearchResults::updateStatus() {
    QString words;
    if (m_model.state() == SearchModel::State::Failed)
        words = m_model.error();
    else if (m_model.state() == SearchModel::State::Answered && m_model.rowCount() == 0)
        words = tr("No message has words that begin so.");
    else if (m_model.isCutOff())
        words = tr("The newest %n message(s) are shown. Type more to find older ones.", nullptr, m_model.rowCount());
    m_status->setText(words);
    m_status->setVisible(!words.isEmpty());
}

} // namespace culvert
