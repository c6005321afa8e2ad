#include "ui/widgets/passphrase_field.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>

#include <algorithm>

namespace sextant {

namespace {

constexpr std::size_t kLongest = 1024;

bool beginsCharacter(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
}

/// Not left out by the compiler, as a plain one before the end of an object is.
void overwrite(char* bytes, std::size_t size)
{
    for (volatile char* at = bytes; size > 0; --size)
        *at++ = 0;
}

} // namespace

PassphraseField::PassphraseField(QWidget* parent) : QLineEdit(parent)
{
    m_bytes.reserve(kLongest);
    setAccessibleName(tr("Passphrase"));
    setPlaceholderText(tr("Passphrase"));
    setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText |
                        Qt::ImhNoAutoUppercase);
    setDragEnabled(false);
}

PassphraseField::~PassphraseField()
{
    overwrite(m_bytes.data(), m_bytes.size());
}

ledger::Secret PassphraseField::take()
{
    ledger::Secret secret({m_bytes.data(), m_bytes.size()});
    wipe();
    return secret;
}

void PassphraseField::wipe()
{
    overwrite(m_bytes.data(), m_bytes.size());
    m_bytes.clear();
    showDots();
}

void PassphraseField::add(const QString& text)
{
    if (hasSelectedText()) { // all of it: parts of what is not seen can't be chosen
        overwrite(m_bytes.data(), m_bytes.size());
        m_bytes.clear();
    }
    auto bytes = text.toUtf8();
    if (m_bytes.size() + std::size_t(bytes.size()) <= kLongest)
        m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end());
    overwrite(bytes.data(), std::size_t(bytes.size()));
    showDots();
}

void PassphraseField::removeLast()
{
    while (!m_bytes.empty()) {
        auto last = m_bytes.back();
        m_bytes.back() = 0;
        m_bytes.pop_back();
        if (beginsCharacter(last))
            break;
    }
    showDots();
}

void PassphraseField::showDots()
{
    auto characters = std::count_if(m_bytes.begin(), m_bytes.end(), beginsCharacter);
    setText(QString(qsizetype(characters), QChar(0x2022)));
    emit changed();
}

void PassphraseField::keyPressEvent(QKeyEvent* event)
{
    auto text = event->text();
    if (event->matches(QKeySequence::Paste))
        return add(QGuiApplication::clipboard()->text().section(u'\n', 0, 0));
    if (event->matches(QKeySequence::SelectAll))
        return selectAll();
    switch (event->key()) {
    case Qt::Key_Backspace:
    case Qt::Key_Delete:
        return hasSelectedText() || event->modifiers().testFlag(Qt::ControlModifier) ? wipe() : removeLast();
    case Qt::Key_Return:
    case Qt::Key_Enter:
        emit returnPressed();
        return;
    default:
        break;
    }
    if (!text.isEmpty() && text[0].isPrint() && !event->modifiers().testFlag(Qt::ControlModifier))
        return add(text);
    event->ignore(); // Tab, Esc and the keys of the window
}

void PassphraseField::inputMethodEvent(QInputMethodEvent* event)
{
    if (!event->commitString().isEmpty())
        add(event->commitString());
    event->accept();
}

void PassphraseField::contextMenuEvent(QContextMenuEvent* event)
{
    event->accept(); // nothing to copy
}

void PassphraseField::dropEvent(QDropEvent*) {}

} // namespace sextant
