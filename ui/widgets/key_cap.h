// Key caps: the keys of a shortcut as small boxes, in tips, palette and key sheet.
#pragma once

#include "ui/theme/theme.h"

#include <QKeySequence>
#include <QStringList>

namespace sextant {

/// "Ctrl+Shift+C" as {"Ctrl", "Shift", "C"}.
QStringList keyNames(const QKeySequence& keys);

int keyCapsWidth(const Theme& theme, const QStringList& keys);
/// Draws from the left of `rect`, in its middle; returns the width used.
int paintKeyCaps(const Theme& theme, QPainter* painter, const QRect& rect, const QStringList& keys);

class KeyCapLabel final : public QWidget
{
    Q_OBJECT
public:
    explicit KeyCapLabel(const QStringList& keys, QWidget* parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QStringList m_keys;
};

} // namespace sextant
