// AliasChips: the aliases of a model in one line, each with the version it names; what has no room is
// counted. GUI thread only.
#pragma once

#include "ui/widgets/badge.h"

#include <QWidget>

#include <vector>

namespace sextant {

class AliasChips final : public QWidget
{
    Q_OBJECT
public:
    explicit AliasChips(QWidget* parent = nullptr);

    void setBadges(std::vector<Badge> badges);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {40, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<Badge> m_badges;
};

} // namespace sextant
