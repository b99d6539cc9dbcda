// ProblemBar: says quietly, above everything else, that something stored could not be read.
#pragma once

#include "core/messenger/storage.h"

#include <QFrame>

class QLabel;

namespace culvert {

/// Hidden while there is nothing to say. It takes no focus, and is gone when it was dismissed.
class ProblemBar : public QFrame {
    Q_OBJECT

public:
    explicit ProblemBar(QWidget* parent = nullptr);

    /// The last of each kind.
    void setProblems(const std::vector<StoreProblem>& problems);
    /// In words.
    static QString sentence(const StoreProblem& problem);

signals:
    void dismissed();

private:
    QLabel* m_text;
};

} // namespace culvert
