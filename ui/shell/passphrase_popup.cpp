#include "ui/shell/passphrase_popup.h"

#include "ui/theme/control_role.h"
#include "ui/theme/theme.h"
#include "ui/widgets/label.h"
#include "ui/widgets/passphrase_field.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>
#include <QVBoxLayout>

namespace sextant {

namespace {
constexpr int kWidth = 360;
} // namespace

PassphrasePopup::PassphrasePopup(const Ask& ask, Accept accept, QWidget* parent)
    : Popup(ask.title, parent), m_accept(std::move(accept)), m_keys(new QComboBox),
      m_field(new PassphraseField), m_apply(new QPushButton(ask.verb))
{
    setAttribute(Qt::WA_DeleteOnClose);
    connect(this, &Popup::closed, this, &QObject::deleteLater);
    const auto& theme = Theme::of(this);
    auto padding = theme.length("space.4");
    body()->setContentsMargins(body()->contentsMargins() + QMargins(padding, padding, padding, padding));
    body()->setSpacing(theme.length("space.2"));
    body()->addWidget(new TextLabel(ask.title, Theme::Text::BodyStrong));
    auto* sentence = new TextLabel(ask.sentence, Theme::Text::Body, "text.muted");
    sentence->setWordWrap(true);
    sentence->setFixedWidth(kWidth);
    body()->addWidget(sentence);
    m_keys->setAccessibleName(tr("Key to sign with"));
    m_keys->addItems(ask.keys);
    m_keys->setFixedWidth(kWidth);
    body()->addWidget(m_keys);
    m_field->setFixedWidth(kWidth);
    body()->addWidget(m_field);
    body()->addWidget(new TextLabel(tr("It unlocks the key for this one act and is not kept"),
                                    Theme::Text::Small, "text.muted"));
    auto* buttons = new QHBoxLayout;
    auto* cancel = new QPushButton(tr("Cancel"));
    setControlRole(m_apply, ask.isDangerous ? ControlRole::Danger : ControlRole::Primary);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_apply);
    body()->addLayout(buttons);
    m_apply->setEnabled(false);
    m_apply->setToolTip(tr("Type the passphrase first"));
    connect(m_field, &PassphraseField::changed, this, [this] {
        m_apply->setEnabled(!m_field->isEmpty());
        m_apply->setToolTip(m_field->isEmpty() ? tr("Type the passphrase first") : QString());
    });
    connect(m_field, &QLineEdit::returnPressed, this, &PassphrasePopup::finish);
    connect(m_apply, &QPushButton::clicked, this, &PassphrasePopup::finish);
    connect(cancel, &QPushButton::clicked, this, &QWidget::hide);
}

void PassphrasePopup::finish()
{
    if (m_field->isEmpty() || !m_accept)
        return;
    auto accept = std::exchange(m_accept, nullptr);
    auto key = m_keys->currentText();
    auto passphrase = m_field->take();
    hide();
    accept(key, std::move(passphrase));
}

void PassphrasePopup::showEvent(QShowEvent* event)
{
    Popup::showEvent(event);
    m_field->setFocus();
}

void PassphrasePopup::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        hide();
    else
        Popup::keyPressEvent(event);
}

void PassphrasePopup::hideEvent(QHideEvent* event)
{
    m_field->wipe();
    Popup::hideEvent(event);
}

} // namespace sextant
