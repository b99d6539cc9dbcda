// Server lists: the one editor of the user's third parties, and of the Teredo servers, wherever it stands.
#pragma once

class QWidget;

namespace culvert {

class ListEditor;
class MessengerBridge;

/// What stands around a list.
enum class ListPlace {
    Panel,   ///< nothing: it is a card with a heading
    Setting, ///< words that say what it is
};

/// Both keep themselves fresh while they are seen, and do what the user asks; ListEditor::settled() tells that it was
/// done.
ListEditor* makeThirdPartyList(MessengerBridge& bridge, ListPlace place, QWidget* parent);
ListEditor* makeTeredoServerList(MessengerBridge& bridge, ListPlace place, QWidget* parent);

} // namespace culvert
