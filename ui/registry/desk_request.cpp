#include "ui/registry/desk_request.h"

#include "core/ledger/trust.h"
#include "ui/registry/desk_decision.h"
#include "ui/registry/desk_reader.h"
#include "ui/registry/desk_text.h"
#include "ui/theme/control_role.h"
#include "ui/theme/theme.h"
#include "ui/widgets/label.h"
#include "ui/widgets/number_format.h"
#include "ui/widgets/passphrase_field.h"
#include "ui/widgets/store_text.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>

namespace sextant {

namespace {

constexpr int kWidth = 600;
constexpr int kLabel = 108;
constexpr int kRestMs = 120;
constexpr qint64 kMostEvidenceBytes = qint64{64} << 20;

void addRow(QGridLayout& grid, int row, const QString& label, QWidget* field)
{
    auto* text = new TextLabel(label, Theme::Text::Body, "text.muted");
    grid.addWidget(text, row, 0, Qt::AlignTop | Qt::AlignLeft);
    grid.addWidget(field, row, 1);
    field->setAccessibleName(label);
}

} // namespace

DeskRequest::DeskRequest(PageContext& context, DeskWork& work, const Start& start, QWidget* parent)
    : QDialog(parent), m_context(context), m_work(work), m_model(new QComboBox), m_version(new QComboBox),
      m_target(new QComboBox), m_reason(new QPlainTextEdit), m_evidence(new QListWidget),
      m_key(new QComboBox), m_passphrase(new PassphraseField),
      m_count(new TextLabel({}, Theme::Text::Small, "text.muted")),
      m_preview(new TextLabel({}, Theme::Text::Body)),
      m_problem(new TextLabel({}, Theme::Text::Body, "error.fg")),
      m_ask(new QPushButton(tr("Request promotion")))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Request promotion"));
    build();
    m_filling = true;
    for (const auto& one : m_context.registry->data()->entries)
        m_model->addItem(oneName(one.model.name, 120), QString::fromStdString(one.model.name));
    m_model->setCurrentIndex(std::max(0, m_model->findData(start.model)));
    m_filling = false;
    fillModel();
    if (auto index = m_version->findData(start.version); index >= 0)
        m_version->setCurrentIndex(index);
    if (auto index = m_target->findData(start.target); index >= 0)
        m_target->setCurrentIndex(index);
    m_wait.setSingleShot(true);
    m_wait.setInterval(kRestMs);
    connect(&m_wait, &QTimer::timeout, this, &DeskRequest::update);
    connect(m_model, &QComboBox::currentIndexChanged, this, &DeskRequest::fillModel);
    connect(m_version, &QComboBox::currentIndexChanged, this, &DeskRequest::changed);
    connect(m_target, &QComboBox::currentTextChanged, this, &DeskRequest::changed);
    connect(m_reason, &QPlainTextEdit::textChanged, this, &DeskRequest::changed);
    connect(m_passphrase, &PassphraseField::changed, this, &DeskRequest::changed);
    connect(m_passphrase, &QLineEdit::returnPressed, this, &DeskRequest::accept);
    connect(&m_work, &DeskWork::previewed, this,
            [this](const QStringList& sentences, const QString& problem) {
                m_possible = problem.isEmpty();
                m_preview->setText(
                    problem.isEmpty()
                        ? tr("If it is approved and applied: %1.").arg(sentences.join(QStringLiteral(", ")))
                        : problem);
                m_preview->setColorToken(problem.isEmpty() ? "text" : "error.fg");
                adjustSize();
                changed();
            });
    connect(&m_work, &DeskWork::acted, this, [this] {
        if (!begins()) {
            emit requested();
            QDialog::done(Accepted);
        }
    });
    connect(&m_work, &DeskWork::refused, this, [this](const Error& error) {
        showProblem(QString::fromStdString(error.message) + QStringLiteral(". ") +
                    QString::fromStdString(error.hint));
        m_ask->setEnabled(true);
    });
    update();
}

void DeskRequest::build()
{
    const auto& theme = Theme::of(this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(12);
    auto* grid = new QGridLayout;
    grid->setColumnMinimumWidth(0, kLabel);
    grid->setColumnStretch(1, 1);
    grid->setVerticalSpacing(10);
    addRow(*grid, 0, tr("Model"), m_model);
    addRow(*grid, 1, tr("Version"), m_version);
    m_target->setEditable(true);
    m_target->setInsertPolicy(QComboBox::NoInsert);
    m_target->setToolTip(tr("A stage, or an alias: one that exists or a new one"));
    addRow(*grid, 2, tr("Goes to"), m_target);
    m_reason->setPlaceholderText(tr("Why (required)"));
    m_reason->setTabChangesFocus(true);
    m_reason->setFixedHeight(72);
    addRow(*grid, 3, tr("Reason"), m_reason);
    grid->addWidget(m_count, 4, 1, Qt::AlignRight);
    addRow(*grid, 5, tr("Evidence"), buildEvidence());
    addRow(*grid, 6, tr("Sign with"), m_key);
    addRow(*grid, 7, tr("Passphrase"), m_passphrase);
    column->addLayout(grid);
    m_preview->setWordWrap(true);
    m_preview->setFixedWidth(kWidth);
    m_preview->setMinimumHeight(3 * m_preview->fontMetrics().lineSpacing());
    m_preview->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    column->addWidget(m_preview);
    m_problem->setWordWrap(true);
    m_problem->setFixedWidth(kWidth);
    m_problem->hide();
    column->addWidget(m_problem);
    auto* buttons = new QHBoxLayout;
    auto* cancel = new QPushButton(tr("Cancel"));
    setControlRole(m_ask, ControlRole::Primary);
    m_ask->setAutoDefault(false);
    cancel->setAutoDefault(false);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_ask);
    column->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_ask, &QPushButton::clicked, this, &DeskRequest::accept);
    auto trusted = ledger::readTrustedKeys({}); // small files of the user's own
    for (const auto& key : ownKeys(trusted ? *trusted : ledger::TrustedKeys())) {
        QStringList roles;
        for (const auto& role : key.roles)
            roles << QString::fromStdString(role);
        m_key->addItem(tr("%1, %2").arg(oneName(key.name, 40), roles.join(QStringLiteral(", "))),
                       QString::fromStdString(key.name));
    }
    setMinimumWidth(kWidth + 40 + theme.length("space.1"));
    m_reason->setFocus();
}

QWidget* DeskRequest::buildEvidence()
{
    auto* part = new QWidget;
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    part->setMinimumHeight(64 + 6 + Theme::of(this).length("control.small"));
    m_evidence->setAccessibleName(tr("Files of evidence"));
    m_evidence->setFixedHeight(64);
    column->addWidget(m_evidence);
    auto* row = new QHBoxLayout;
    auto* add = new QPushButton(tr("Add file…"));
    m_remove = new QPushButton(tr("Remove"));
    row->addWidget(add);
    row->addWidget(m_remove);
    row->addWidget(new TextLabel(tr("Their digests are signed; copies are kept beside the log"),
                                 Theme::Text::Small, "text.muted"),
                   1);
    for (auto* button : {add, m_remove}) {
        setSmall(button);
        button->setAutoDefault(false);
    }
    column->addLayout(row);
    connect(add, &QPushButton::clicked, this, [this] {
        auto* dialog = new QFileDialog(this, tr("Add evidence"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setOption(QFileDialog::ReadOnly);
        dialog->setFileMode(QFileDialog::ExistingFiles);
        connect(dialog, &QFileDialog::filesSelected, this, &DeskRequest::addEvidence);
        dialog->open();
    });
    connect(m_remove, &QPushButton::clicked, this, [this] {
        delete m_evidence->currentItem();
        changed();
    });
    return part;
}

void DeskRequest::addEvidence(const QStringList& files)
{
    for (const auto& file : files) {
        auto* item = new QListWidgetItem(QFileInfo(file).fileName(), m_evidence);
        item->setData(Qt::UserRole, file);
        item->setToolTip(plainToolTip(file));
    }
    changed();
}

const RegistryEntry* DeskRequest::entry() const
{
    const auto& registry = m_context.registry->data();
    return registry ? registry->find(toStdString(m_model->currentData().toString())) : nullptr;
}

bool DeskRequest::begins() const
{
    const auto* found = entry();
    return found && found->logRun.empty();
}

void DeskRequest::fillModel()
{
    const auto* found = entry();
    if (m_filling || !found)
        return;
    m_filling = true;
    m_version->clear();
    for (const auto& version : found->versions) {
        QStringList at;
        if (version.stage != Stage::None)
            at << deskTarget(registry::Target::of(version.stage));
        for (const auto& alias : version.aliases)
            at << oneName(alias, 40);
        auto text = QStringLiteral("v%1").arg(version.version);
        m_version->addItem(at.isEmpty() ? text : text + QStringLiteral(", ") + at.join(QStringLiteral(", ")),
                           qint64(version.version));
    }
    m_target->clear();
    const auto& can = m_context.session.info().capabilities;
    if (can.aliases) {
        QStringList aliases{QString::fromLatin1(kChampion)};
        for (const auto& [alias, version] : found->model.aliases)
            if (alias != kChampion)
                aliases << QString::fromStdString(alias);
        for (const auto& alias : aliases)
            m_target->addItem(tr("alias %1").arg(alias), QStringLiteral("alias:") + alias);
    }
    if (can.stages)
        for (auto stage : {Stage::Staging, Stage::Production, Stage::Archived})
            m_target->addItem(deskTarget(registry::Target::of(stage)),
                              QString::fromStdString(registry::Target::of(stage).text()));
    m_filling = false;
    changed();
}

Result<registry::PromotionRequest> DeskRequest::wanted() const
{
    registry::PromotionRequest request;
    request.version = m_version->currentData().toLongLong();
    request.reason = toStdString(m_reason->toPlainText().trimmed());
    auto text = m_target->currentText().trimmed();
    auto index = m_target->findText(text, Qt::MatchFixedString);
    if (index >= 0) {
        SEXTANT_TRY(request.target,
                    registry::Target::parse(toStdString(m_target->itemData(index).toString())));
    } else {
        auto alias = text.startsWith(QLatin1String("alias ")) ? text.mid(6).trimmed() : text;
        SEXTANT_TRY(request.target, registry::Target::parse("alias:" + toStdString(alias)));
    }
    return request;
}

void DeskRequest::changed()
{
    if (m_filling)
        return;
    auto length = m_reason->toPlainText().trimmed().size();
    m_count->setText(tr("%1 of %2, kept in the log for good")
                         .arg(formatCount(quint64(length)), formatCount(quint64(kLongestReason))));
    m_count->setColorToken(length > kLongestReason ? "error.fg" : "text.muted");
    auto whyNot = !m_context.session.unlocked()
                      ? tr("Unlock writing to this store first, at the top of the window")
                  : m_key->count() == 0 ? tr("You have no key on this machine: `sextant keys create NAME`")
                  : length == 0         ? tr("Write a reason first")
                  : length > kLongestReason  ? tr("The reason is too long")
                  : m_passphrase->isEmpty()  ? tr("Type the passphrase of your key")
                  : m_work.acting()          ? tr("It is being signed")
                  : !m_possible && !begins() ? tr("Choose what would change something")
                                             : QString();
    m_ask->setEnabled(whyNot.isEmpty());
    m_ask->setToolTip(whyNot);
    m_ask->setText(begins() ? tr("Begin the log") : tr("Request promotion"));
    m_remove->setEnabled(m_evidence->count() > 0);
    if (sender() != m_reason && sender() != m_passphrase && sender() != &m_work)
        m_wait.start();
}

void DeskRequest::update()
{
    if (begins()) {
        m_preview->setText(
            tr("This model has no log yet. It begins with its rules, signed by an admin's key: for every "
               "stage and alias one approver who did not ask and did not make the version. Afterwards "
               "the promotion can be requested."));
        m_preview->setColorToken("text");
        return changed();
    }
    auto request = wanted();
    if (request)
        return m_work.preview(toStdString(m_model->currentData().toString()), *request);
    m_possible = false;
    m_preview->setText(QString::fromStdString(request.error().message));
    m_preview->setColorToken("error.fg");
}

Result<std::vector<registry::Evidence>> DeskRequest::readEvidence() const
{
    std::vector<registry::Evidence> all;
    for (int i = 0; i < m_evidence->count(); ++i) {
        QFile file(m_evidence->item(i)->data(Qt::UserRole).toString());
        if (file.size() > kMostEvidenceBytes)
            return fail(ErrorCode::InvalidArgument,
                        toStdString(file.fileName()) + " is too large to be evidence",
                        "Files up to 64 MB are kept beside a log");
        if (!file.open(QIODevice::ReadOnly))
            return fail(ErrorCode::Io, toStdString(file.fileName()) + " can't be read",
                        "Remove it from the list");
        all.push_back({toStdString(QFileInfo(file).fileName()), file.readAll().toStdString()});
    }
    return all;
}

void DeskRequest::accept()
{
    if (!m_ask->isEnabled())
        return;
    m_problem->hide();
    DeskWish wish;
    wish.model = toStdString(m_model->currentData().toString());
    wish.reason = toStdString(m_reason->toPlainText().trimmed());
    wish.kind = DeskWish::Kind::Begin;
    if (!begins()) {
        auto request = wanted();
        auto evidence = readEvidence();
        if (!request || !evidence)
            return showProblem(
                QString::fromStdString((request ? evidence.error() : request.error()).message));
        wish.kind = DeskWish::Kind::Request;
        wish.request = std::move(*request);
        wish.request.evidence = std::move(*evidence);
    }
    m_work.act(std::move(wish), m_key->currentData().toString(), m_passphrase->take());
    changed();
}

void DeskRequest::showProblem(const QString& text)
{
    m_problem->setText(text);
    m_problem->show();
    adjustSize();
}

QString DeskRequest::preview() const
{
    return m_preview->text();
}

void DeskRequest::done(int result)
{
    m_passphrase->wipe();
    QDialog::done(result);
}

} // namespace sextant
