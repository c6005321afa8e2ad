#include "ui/runs/filter_field.h"

#include "core/query/tokens.h"

#include "ui/runs/completion_popup.h"
#include "ui/theme/control_role.h"
#include "ui/theme/theme.h"
#include "ui/widgets/store_text.h"

#include <QCoreApplication>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QTextCharFormat>

namespace sextant {

namespace {

constexpr int kIconSpace = 22;
constexpr int kLongestColored = 4000; // beyond that a filter is not read by eye any more

const char* tokenColor(SyntaxKind kind)
{
    switch (kind) {
    case SyntaxKind::Field:
        return "syntax.field";
    case SyntaxKind::Operator:
        return "syntax.operator";
    case SyntaxKind::String:
        return "syntax.string";
    case SyntaxKind::Number:
        return "syntax.number";
    case SyntaxKind::Keyword:
    case SyntaxKind::Function:
        return "syntax.keyword";
    case SyntaxKind::Other:
    case SyntaxKind::Error: // underlined once it is sure to be one
        break;
    }
    return "text";
}

/// Byte offsets of UTF-8 as offsets into the QString of the same text.
class Offsets
{
public:
    explicit Offsets(const std::string& text)
    {
        m_units.reserve(text.size() + 1);
        int units = 0;
        for (auto character : text) {
            auto byte = static_cast<unsigned char>(character);
            m_units.push_back(units);
            if ((byte & 0xC0) != 0x80)
                units += byte >= 0xF0 ? 2 : 1;
        }
        m_units.push_back(units);
    }
    int operator[](std::size_t byte) const { return m_units[std::min(byte, m_units.size() - 1)]; }

private:
    std::vector<int> m_units;
};

} // namespace

FilterField::FilterField(QWidget* parent) : QLineEdit(parent), m_popup(new CompletionPopup(this))
{
    setPlaceholderText(tr("Filter runs, as in metrics.loss < 0.5 AND params.model = 'svm'"));
    setAccessibleName(tr("Filter"));
    setClearButtonEnabled(true);
    setTextMargins(kIconSpace, 0, 0, 0);
    dress();
    connect(this, &QLineEdit::textChanged, this, &FilterField::colorWords);
    connect(this, &QLineEdit::textEdited, this, [this](const QString& text) {
        offerCompletions(false);
        emit edited(text);
    });
    connect(m_popup, &CompletionPopup::picked, this, &FilterField::insertCompletion);
}

FilterField::~FilterField()
{
    delete m_popup;
}

CompletionPopup& FilterField::popup()
{
    return *m_popup;
}

void FilterField::dress()
{
    setFont(Theme::of(this).font(Theme::Text::Mono));
    colorWords();
}

void FilterField::changeEvent(QEvent* event)
{
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        dress();
}

void FilterField::setErrorRange(std::optional<TextRange> range)
{
    if (range == m_errorRange)
        return;
    m_errorRange = range;
    colorWords();
}

void FilterField::setInvalid(bool invalid)
{
    setInError(this, invalid);
}

void FilterField::replaceText(const QString& text, bool finished)
{
    selectAll();
    insert(text);
    m_popup->hide();
    if (finished)
        emit committed(text);
    else
        emit edited(text);
}

void FilterField::colorWords()
{
    // QLineEdit takes formats for its text only by way of an input method's event.
    if (m_composing || m_coloring)
        return;
    auto bytes = toStdString(text());
    QList<QInputMethodEvent::Attribute> attributes;
    if (bytes.size() <= kLongestColored) {
        Offsets offsets(bytes);
        auto add = [&](const TextRange& range, const QTextCharFormat& format) {
            auto begin = offsets[range.begin], end = offsets[range.begin + range.length];
            attributes.append(QInputMethodEvent::Attribute(QInputMethodEvent::TextFormat,
                                                           begin - cursorPosition(), end - begin, format));
        };
        const auto& theme = Theme::of(this);
        for (const auto& token : syntaxTokens(bytes, FilterTarget::Runs)) {
            QTextCharFormat format;
            format.setForeground(theme.color(tokenColor(token.kind)));
            add(token.range, format);
        }
        if (m_errorRange) {
            QTextCharFormat format;
            format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
            format.setUnderlineColor(theme.color("error.fg"));
            add({m_errorRange->begin, std::max<std::size_t>(1, m_errorRange->length)}, format);
        }
    }
    m_coloring = true;
    QInputMethodEvent event({}, attributes);
    QCoreApplication::sendEvent(this, &event);
    m_coloring = false;
}

void FilterField::inputMethodEvent(QInputMethodEvent* event)
{
    if (!m_coloring)
        m_composing = !event->preeditString().isEmpty();
    QLineEdit::inputMethodEvent(event);
    if (!m_coloring && !m_composing)
        colorWords();
}

void FilterField::offerCompletions(bool asked)
{
    auto bytes = toStdString(text());
    auto cursor = static_cast<std::size_t>(text().left(cursorPosition()).toUtf8().size());
    if (!m_completer || (!asked && cursor == 0)) {
        m_popup->hide();
        return;
    }
    auto completions = m_completer(bytes, cursor);
    QString note;
    int left = 0;
    if (!completions.empty()) {
        auto start = completions.front().replace.begin;
        auto shown = QString::fromUtf8(bytes.data(), static_cast<qsizetype>(std::min(start, bytes.size())));
        left = kIconSpace + 8 + fontMetrics().horizontalAdvance(shown);
        if (completions.front().kind == CompletionKind::Param)
            note = tr("Params are text: num() makes numbers");
    }
    m_popup->offer(std::move(completions), note, std::min(left, width()));
}

void FilterField::insertCompletion()
{
    const auto* completion = m_popup->current();
    if (!completion)
        return;
    auto bytes = toStdString(text());
    Offsets offsets(bytes);
    auto begin = offsets[completion->replace.begin];
    auto end = offsets[completion->replace.begin + completion->replace.length];
    auto inserted = QString::fromStdString(completion->text);
    setSelection(begin, end - begin);
    insert(inserted);
    emit edited(text());
    m_popup->hide();
}

bool FilterField::popupKey(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Down:
    case Qt::Key_Up:
        m_popup->move(event->key() == Qt::Key_Down ? 1 : -1);
        return true;
    case Qt::Key_Tab:
        insertCompletion();
        return true;
    case Qt::Key_Escape:
        m_popup->hide();
        return true;
    default:
        return false;
    }
}

bool FilterField::event(QEvent* event)
{
    // Tab would move the focus before keyPressEvent sees it.
    if (event->type() == QEvent::KeyPress && m_popup->isOpen() && popupKey(static_cast<QKeyEvent*>(event)))
        return true;
    if (event->type() == QEvent::ShortcutOverride && m_popup->isOpen() &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QLineEdit::event(event);
}

void FilterField::keyPressEvent(QKeyEvent* event)
{
    auto enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && event->modifiers() == Qt::NoModifier) {
        m_popup->hide();
        emit committed(text());
        return;
    }
    if (event->key() == Qt::Key_Escape) {
        emit leaveRequested();
        return;
    }
    if ((event->key() == Qt::Key_Space && event->modifiers() == Qt::ControlModifier) ||
        event->key() == Qt::Key_Down) {
        offerCompletions(true);
        return;
    }
    QLineEdit::keyPressEvent(event);
    if (m_popup->isOpen() &&
        (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right || event->key() == Qt::Key_Home))
        m_popup->hide();
}

void FilterField::focusInEvent(QFocusEvent* event)
{
    QLineEdit::focusInEvent(event);
    colorWords();
}

void FilterField::focusOutEvent(QFocusEvent* event)
{
    QLineEdit::focusOutEvent(event);
    m_popup->hide();
    if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason)
        emit committed(text());
}

void FilterField::paintEvent(QPaintEvent* event)
{
    QLineEdit::paintEvent(event);
    const auto& theme = Theme::of(this);
    QPainter painter(this);
    theme.drawIcon(&painter, QRect(9, 0, 16, height()), QStringLiteral("funnel"), 14,
                   theme.color("text.muted"));
}

} // namespace sextant
