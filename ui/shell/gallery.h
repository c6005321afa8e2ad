// Gallery: every control in every state on one page, as the design sheet shows them. A drawing for eyes and
// tests; its states are painted, not lived.
#pragma once

#include <QWidget>

class QVBoxLayout;

namespace sextant {

class Gallery final : public QWidget
{
    Q_OBJECT
public:
    explicit Gallery(QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void addButtons(QVBoxLayout* column);
    void addFields(QVBoxLayout* column);
    void addChecks(QVBoxLayout* column);
    void addTexts(QVBoxLayout* column);
    void addIcons(QVBoxLayout* column);
    void addStates(QVBoxLayout* column);
    void addBadges(QVBoxLayout* column);
    void addMenu(QVBoxLayout* column);
    void addViews(QVBoxLayout* column);
    void addColors(QVBoxLayout* column);
};

} // namespace sextant
