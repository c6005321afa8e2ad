#include "ui/registry/registry_edit_popup.h"

#include "ui/theme/control_role.h"
#include "ui/widgets/label.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/store_text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>

namespace sextant {

namespace {

using Kind = RegistryEdit::Kind;

constexpr int kWidth = 420;
constexpr int kTextHeight = 150;
constexpr Stage kStages[] = {Stage::None, Stage::Staging, Stage::Production, Stage::Archived};

} // namespace

QString RegistryEditPopup::titleOf(Kind kind)
{
    switch (kind) {
    case Kind::Describe:
        return tr("Change description");
    case Kind::SetTag:
        return tr("Set tag");
    case Kind::RemoveTag:
        return tr("Remove tag");
    case Kind::SetAlias:
        return tr("Set alias");
    case Kind::RemoveAlias:
        return tr("Remove alias");
    case Kind::ChangeStage:
        return tr("Change stage");
    case Kind::DeleteVersion:
        return tr("Delete version");
    case Kind::CopyVersion:
        return tr("Copy version");
    case Kind::Register:
        break;
    }
    return tr("Register version");
}

RegistryEditPopup::RegistryEditPopup(RegistryEdit edit, RegistryDataPtr registry, const QString& storeName,
                                     const std::vector<std::pair<QString, std::string>>& sources,
                                     QWidget* parent)
    : Popup(titleOf(edit.kind), parent), m_edit(std::move(edit)), m_data(std::move(registry)),
      m_store(storeName), m_warning(new TextLabel({}, Theme::Text::Body, "warning.fg")),
      m_preview(new TextLabel({}, Theme::Text::Body)), m_apply(new QPushButton(titleOf(m_edit.kind))),
      m_request(new QPushButton(tr("Request promotion…")))
{
    setAttribute(Qt::WA_DeleteOnClose);
    connect(this, &Popup::closed, this, &QObject::deleteLater);
    const auto& theme = Theme::of(this);
    auto padding = theme.length("space.3");
    body()->setContentsMargins(body()->contentsMargins() + QMargins(padding, padding, padding, padding));
    body()->setSpacing(theme.length("space.2"));
    auto* title = new TextLabel(titleOf(m_edit.kind), Theme::Text::BodyStrong);
    body()->addWidget(title);
    buildFields(sources);
    buildFoot();
    update();
}

QLineEdit* RegistryEditPopup::addLine(const QString& name, const std::string& text)
{
    auto* line = new QLineEdit(QString::fromStdString(text));
    line->setMaxLength(65'535);
    line->setAccessibleName(name);
    line->setPlaceholderText(name);
    line->setFixedWidth(kWidth);
    connect(line, &QLineEdit::textChanged, this, &RegistryEditPopup::update);
    connect(line, &QLineEdit::returnPressed, this, &RegistryEditPopup::accept);
    body()->addWidget(line);
    return line;
}

QComboBox* RegistryEditPopup::addChoice(const QString& name, const QStringList& choices, const QString& text)
{
    auto* box = new QComboBox;
    box->setEditable(true);
    box->setInsertPolicy(QComboBox::NoInsert);
    box->addItems(choices);
    box->setEditText(text);
    box->setAccessibleName(name);
    box->lineEdit()->setPlaceholderText(name);
    box->lineEdit()->setAccessibleName(name);
    box->setFixedWidth(kWidth);
    connect(box, &QComboBox::editTextChanged, this, &RegistryEditPopup::update);
    connect(box->lineEdit(), &QLineEdit::returnPressed, this, &RegistryEditPopup::accept);
    body()->addWidget(box);
    return box;
}

void RegistryEditPopup::buildFields(const std::vector<std::pair<QString, std::string>>& sources)
{
    const auto* entry = m_data->find(m_edit.model);
    auto models = [&] {
        QStringList names;
        for (const auto& other : m_data->entries)
            names << QString::fromStdString(other.model.name);
        return names;
    };
    switch (m_edit.kind) {
    case Kind::SetTag:
        m_key = addLine(tr("Tag"), m_edit.key);
        m_value = addLine(tr("Value"), m_edit.value);
        break;
    case Kind::SetAlias: {
        QStringList aliases;
        for (const auto& [alias, version] : entry ? entry->model.aliases : RegisteredModel().aliases)
            aliases << QString::fromStdString(alias);
        m_choice = addChoice(tr("Alias"), aliases, QString::fromStdString(m_edit.key));
        break;
    }
    case Kind::ChangeStage:
        addStageFields();
        break;
    case Kind::CopyVersion:
        m_choice = addChoice(tr("Model it is copied to"), models(), {});
        break;
    case Kind::Register:
        m_choice = addChoice(tr("Model"), models(), QString::fromStdString(m_edit.model));
        m_source = new QComboBox;
        m_source->setAccessibleName(tr("What the version is made from"));
        m_source->setFixedWidth(kWidth);
        for (const auto& [name, source] : sources)
            m_source->addItem(name, QString::fromStdString(source));
        m_source->setEnabled(!sources.empty());
        connect(m_source, &QComboBox::currentIndexChanged, this, &RegistryEditPopup::update);
        body()->addWidget(m_source);
        [[fallthrough]];
    case Kind::Describe:
        m_text = new QPlainTextEdit(QString::fromStdString(m_edit.value));
        m_text->setAccessibleName(tr("Description in Markdown"));
        m_text->setPlaceholderText(tr("Description in Markdown"));
        m_text->setFixedSize(kWidth, m_edit.kind == Kind::Register ? kTextHeight / 2 : kTextHeight);
        m_text->setTabChangesFocus(true);
        m_text->installEventFilter(this);
        connect(m_text, &QPlainTextEdit::textChanged, this, &RegistryEditPopup::update);
        body()->addWidget(m_text);
        break;
    default:
        break;
    }
}

void RegistryEditPopup::addStageFields()
{
    m_stage = new SegmentedControl(tr("Stage"));
    const char* const icons[] = {"circle", "circle-dot", "rocket", "archive"};
    for (std::size_t i = 0; i < std::size(kStages); ++i) {
        auto word = toText(kStages[i]);
        m_stage->addSegment(QLatin1String(icons[i]),
                            QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size())));
        if (kStages[i] == m_edit.stage)
            m_stage->setCurrent(static_cast<int>(i));
    }
    body()->addWidget(m_stage, 0, Qt::AlignLeft);
    m_archive = new QCheckBox(tr("Archive the versions that are in that stage now"));
    m_archive->setChecked(m_edit.archive);
    body()->addWidget(m_archive);
    connect(m_stage, &SegmentedControl::picked, this, &RegistryEditPopup::update);
    connect(m_archive, &QCheckBox::toggled, this, &RegistryEditPopup::update);
}

void RegistryEditPopup::buildFoot()
{
    for (auto* label : {m_warning, m_preview}) {
        label->setWordWrap(true);
        label->setFixedWidth(kWidth);
        body()->addWidget(label);
    }
    m_preview->setAccessibleName(tr("What will change"));
    auto* cancel = new QPushButton(tr("Cancel"));
    setControlRole(m_apply, m_edit.kind == Kind::DeleteVersion ? ControlRole::Danger : ControlRole::Primary);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(Theme::of(this).length("space.2"));
    if (m_edit.kind == Kind::SetTag || m_edit.kind == Kind::SetAlias) {
        m_remove = new QPushButton;
        connect(m_remove, &QPushButton::clicked, this, &RegistryEditPopup::turnToRemoval);
        buttons->addWidget(m_remove);
    }
    buttons->addWidget(m_request);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_apply);
    body()->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QWidget::hide);
    connect(m_apply, &QPushButton::clicked, this, &RegistryEditPopup::accept);
    connect(m_request, &QPushButton::clicked, this, [this] {
        auto edit = current();
        auto target =
            edit.kind == Kind::SetAlias ? "alias:" + edit.key : "stage:" + std::string(toText(edit.stage));
        hide();
        emit promotionWanted(QString::fromStdString(target));
    });
}

RegistryEdit RegistryEditPopup::current() const
{
    auto edit = m_edit;
    if (edit.kind == Kind::RemoveTag || edit.kind == Kind::RemoveAlias)
        return edit;
    if (m_key)
        edit.key = toStdString(m_key->text());
    if (m_choice)
        (edit.kind == Kind::Register ? edit.model : edit.key) =
            toStdString(m_choice->currentText().trimmed());
    if (m_value)
        edit.value = toStdString(m_value->text());
    if (m_text)
        edit.value = toStdString(m_text->toPlainText());
    if (m_source)
        edit.source = toStdString(m_source->currentData().toString());
    if (m_stage && m_stage->current() >= 0)
        edit.stage = kStages[m_stage->current()];
    if (m_archive)
        edit.archive = m_archive->isChecked();
    return edit;
}

bool RegistryEditPopup::canRemove() const
{
    auto edit = current();
    const auto* entry = m_data->find(edit.model);
    if (!entry)
        return false;
    if (edit.kind == Kind::SetAlias) {
        auto held = entry->model.aliases.find(edit.key);
        return held != entry->model.aliases.end() && held->second == edit.version;
    }
    const auto* version = entry->version(edit.version);
    const auto& tags = version ? version->tags : entry->model.tags;
    return edit.kind == Kind::SetTag && tags.contains(edit.key);
}

void RegistryEditPopup::update()
{
    auto edit = current();
    auto obstacle = obstacleTo(edit, *m_data);
    auto sentences = obstacle.isEmpty() ? previewOf(edit, *m_data, m_store) : QStringList();
    auto governed = sentences.isEmpty() ? QStringList() : governedTargets(edit, *m_data);
    m_preview->setText(!obstacle.isEmpty()   ? obstacle
                       : sentences.isEmpty() ? tr("Nothing changes yet")
                                             : sentences.join(QLatin1Char('\n')));
    m_preview->setColorToken(sentences.isEmpty() ? "text.muted" : "text");
    m_apply->setEnabled(!sentences.isEmpty());
    m_apply->setText(governed.isEmpty() ? titleOf(m_edit.kind) : tr("Bypass the log"));
    setControlRole(m_apply, m_edit.kind == Kind::DeleteVersion || !governed.isEmpty() ? ControlRole::Danger
                                                                                      : ControlRole::Primary);
    m_warning->setVisible(!governed.isEmpty());
    m_warning->setText(
        tr("The log of this model governs %1. A change made here bypasses it: nobody approves, "
           "and it will show as changed outside.")
            .arg(governed.join(QLatin1String(" and "))));
    m_request->setVisible(!governed.isEmpty() &&
                          (edit.kind == Kind::SetAlias || edit.kind == Kind::ChangeStage));
    if (m_archive)
        m_archive->setEnabled(edit.stage == Stage::Staging || edit.stage == Stage::Production);
    if (m_remove) {
        m_remove->setVisible(canRemove() && m_edit.kind == edit.kind);
        m_remove->setText(edit.kind == Kind::SetAlias ? tr("Remove alias…") : tr("Remove tag…"));
    }
    adjustSize();
}

/// The same question once more, for taking away what is there.
void RegistryEditPopup::turnToRemoval()
{
    m_edit = current();
    m_edit.kind = m_edit.kind == Kind::SetAlias ? Kind::RemoveAlias : Kind::RemoveTag;
    for (QWidget* field : std::initializer_list<QWidget*>{m_key, m_value, m_choice})
        if (field)
            field->setEnabled(false);
    m_remove->hide();
    update();
    m_apply->setFocus();
}

void RegistryEditPopup::accept()
{
    if (!m_apply->isEnabled())
        return;
    auto edit = current();
    hide();
    emit accepted(edit);
}

void RegistryEditPopup::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        hide();
    else
        Popup::keyPressEvent(event);
}

bool RegistryEditPopup::eventFilter(QObject* object, QEvent* event)
{
    if (object == m_text && event->type() == QEvent::KeyPress) {
        auto* key = static_cast<QKeyEvent*>(event);
        if ((key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) &&
            key->modifiers().testFlag(Qt::ControlModifier)) {
            accept();
            return true;
        }
    }
    return Popup::eventFilter(object, event);
}

void RegistryEditPopup::showEvent(QShowEvent* event)
{
    Popup::showEvent(event);
    for (QWidget* field : std::initializer_list<QWidget*>{m_key, m_choice, m_text})
        if (field)
            return field->setFocus();
    if (m_stage && m_stage->findChild<QAbstractButton*>())
        m_stage->findChild<QAbstractButton*>()->setFocus();
}

} // namespace sextant
