#include "ui/widgets/search_field.h"

#include "ui/theme/theme.h"
#include "ui/widgets/key_cap.h"

#include <QKeyEvent>
#include <QPainter>

namespace sextant {

namespace {
constexpr int kIconSpace = 22;
} // namespace

SearchField::SearchField(const QString& placeholder, QWidget* parent, const QString& icon)
    : QLineEdit(parent), m_icon(icon)
{
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
    setClearButtonEnabled(true);
    setTextMargins(kIconSpace, 0, 0, 0);
}

void SearchField::setKeys(const QStringList& keys)
{
    m_keys = keys;
    update();
}

void SearchField::paintEvent(QPaintEvent* event)
{
    QLineEdit::paintEvent(event);
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    theme.drawIcon(&painter, QRect(9, 0, 16, height()), m_icon, 14, theme.color("text.muted"));
    if (text().isEmpty() && !m_keys.isEmpty()) {
        const int width = keyCapsWidth(theme, m_keys);
        paintKeyCaps(theme, &painter, QRect(this->width() - width - 6, 0, width, height()), m_keys);
    }
}

void SearchField::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace sextant
