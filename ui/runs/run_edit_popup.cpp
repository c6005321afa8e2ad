#include "ui/runs/run_edit_popup.h"

#include "ui/theme/control_role.h"
#include "ui/theme/theme.h"
#include "ui/widgets/label.h"
#include "ui/widgets/store_text.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace sextant {

namespace {

constexpr int kWidth = 380;
constexpr int kLongestName = 65'535;

} // namespace

QString RunEditPopup::titleOf(RunEdit::Kind kind)
{
    switch (kind) {
    case RunEdit::Kind::Rename:
        return tr("Rename run");
    case RunEdit::Kind::SetTag:
        return tr("Set tag");
    case RunEdit::Kind::SetNote:
        return tr("Edit note");
    case RunEdit::Kind::RemoveTag:
        return tr("Remove tag");
    case RunEdit::Kind::Delete:
        return tr("Delete runs");
    case RunEdit::Kind::Restore:
        break;
    }
    return tr("Restore runs");
}

RunEditPopup::RunEditPopup(RunEdit edit, const QString& runName, const QString& storeName, QWidget* parent)
    : Popup(titleOf(edit.kind), parent), m_edit(std::move(edit)), m_runName(runName), m_storeName(storeName),
      m_preview(new TextLabel({}, Theme::Text::Small, "text.muted")),
      m_apply(new QPushButton(titleOf(m_edit.kind)))
{
    setAttribute(Qt::WA_DeleteOnClose);
    connect(this, &Popup::closed, this, &QObject::deleteLater);
    auto padding = Theme::of(this).length("space.3");
    body()->setContentsMargins(body()->contentsMargins() + QMargins(padding, padding, padding, padding));
    body()->setSpacing(Theme::of(this).length("space.2"));
    body()->addWidget(new TextLabel(titleOf(m_edit.kind), Theme::Text::BodyStrong));
    buildFields();
    m_preview->setWordWrap(true);
    m_preview->setFixedWidth(kWidth);
    body()->addWidget(m_preview);
    auto* cancel = new QPushButton(tr("Cancel"));
    setControlRole(m_apply, ControlRole::Primary);
    auto* buttons = new QHBoxLayout;
    if (m_edit.kind == RunEdit::Kind::SetTag && !m_edit.key.empty()) {
        m_remove = new QPushButton(tr("Remove tag…"));
        connect(m_remove, &QPushButton::clicked, this, &RunEditPopup::turnToRemoval);
        buttons->addWidget(m_remove);
    }
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_apply);
    body()->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QWidget::hide);
    connect(m_apply, &QPushButton::clicked, this, &RunEditPopup::accept);
    update();
}

void RunEditPopup::buildFields()
{
    auto field = [&](const QString& name, const std::string& text) {
        auto* line = new QLineEdit(QString::fromStdString(text));
        line->setMaxLength(kLongestName);
        line->setAccessibleName(name);
        line->setPlaceholderText(name);
        line->setFixedWidth(kWidth);
        connect(line, &QLineEdit::textChanged, this, &RunEditPopup::update);
        connect(line, &QLineEdit::returnPressed, this, &RunEditPopup::accept);
        body()->addWidget(line);
        return line;
    };
    if (m_edit.kind == RunEdit::Kind::SetTag)
        m_key = field(tr("Tag"), m_edit.key);
    if (m_edit.kind == RunEdit::Kind::SetNote) {
        m_note = new QPlainTextEdit(QString::fromStdString(m_edit.value));
        m_note->setAccessibleName(tr("Note in Markdown"));
        m_note->setFixedSize(kWidth, 180);
        m_note->installEventFilter(this);
        connect(m_note, &QPlainTextEdit::textChanged, this, &RunEditPopup::update);
        body()->addWidget(m_note);
    } else {
        m_value = field(m_edit.kind == RunEdit::Kind::SetTag ? tr("Value") : tr("Name"), m_edit.value);
    }
}

void RunEditPopup::turnToRemoval()
{
    m_edit.kind = RunEdit::Kind::RemoveTag;
    m_key->setReadOnly(true);
    m_value->hide();
    m_remove->hide();
    m_key->setText(QString::fromStdString(m_edit.key));
    m_apply->setText(titleOf(m_edit.kind));
    update();
    adjustSize();
    m_apply->setFocus();
}

RunEdit RunEditPopup::current() const
{
    auto edit = m_edit;
    if (edit.kind == RunEdit::Kind::RemoveTag)
        return edit;
    if (m_key)
        edit.key = toStdString(m_key->text());
    edit.value = toStdString(m_note ? m_note->toPlainText() : m_value->text());
    return edit;
}

void RunEditPopup::update()
{
    auto edit = current();
    auto changed =
        edit.kind == RunEdit::Kind::RemoveTag || edit.value != m_edit.value || edit.key != m_edit.key;
    auto complete = edit.kind == RunEdit::Kind::Rename
                        ? !edit.value.empty()
                        : edit.kind != RunEdit::Kind::SetTag || !edit.key.empty();
    m_apply->setEnabled(changed && complete);
    m_preview->setText(changed && complete ? previewOf(edit, m_runName, m_storeName)
                       : complete          ? tr("Nothing changes yet")
                                           : tr("A name is needed"));
}

void RunEditPopup::accept()
{
    if (!m_apply->isEnabled())
        return;
    auto edit = current();
    hide();
    emit accepted(edit);
}

void RunEditPopup::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        hide();
    else
        Popup::keyPressEvent(event);
}

bool RunEditPopup::eventFilter(QObject* object, QEvent* event)
{
    if (object == m_note && event->type() == QEvent::KeyPress) {
        auto* key = static_cast<QKeyEvent*>(event);
        if ((key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) &&
            key->modifiers().testFlag(Qt::ControlModifier)) {
            accept();
            return true;
        }
    }
    return Popup::eventFilter(object, event);
}

void RunEditPopup::showEvent(QShowEvent* event)
{
    Popup::showEvent(event);
    if (m_note) {
        m_note->setFocus();
    } else if (m_key && m_key->text().isEmpty()) {
        m_key->setFocus();
    } else {
        m_value->setFocus();
        m_value->selectAll();
    }
}

} // namespace sextant
