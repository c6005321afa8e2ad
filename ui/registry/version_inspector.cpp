#include "ui/registry/version_inspector.h"

#include "ui/registry/versions_model.h"
#include "ui/theme/control_role.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/number_painter.h"
#include "ui/widgets/section.h"
#include "ui/widgets/state_panel.h"
#include "ui/widgets/store_text.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>

namespace sextant {

namespace {

const QString kLane = QStringLiteral("registry.details");
constexpr std::size_t kFirstFields = 5;
constexpr std::size_t kMostFields = 500;
constexpr int kLabels = 108;

QPushButton* linkButton()
{
    auto* button = new QPushButton;
    setControlRole(button, ControlRole::Link);
    setSmall(button);
    button->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    return button;
}

Fact fact(const QString& label, const QString& value, const QString& remark = {})
{
    Fact made;
    made.label = label;
    made.value = value;
    made.remark = remark;
    return made;
}

/// "b7d41e…90c2".
QString shortDigest(const QString& digest)
{
    return digest.left(6) + QStringLiteral("…") + digest.right(4);
}

} // namespace

VersionInspector::VersionInspector(const PageContext& context, QWidget* parent)
    : QWidget(parent), m_context(context), m_stack(new QStackedWidget), m_empty(new StatePanel)
{
    setAccessibleName(tr("Selected version"));
    setMinimumWidth(Theme::of(this).length("panel.inspectorMin"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    m_empty->showEmpty(QStringLiteral("package"), tr("No version is selected"));
    m_stack->addWidget(m_empty);
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildHead());
    column->addWidget(buildBody(), 1);
    m_stack->addWidget(content);
}

QWidget* VersionInspector::buildHead()
{
    const auto& theme = Theme::of(this);
    auto* head = new QWidget;
    auto* column = new QVBoxLayout(head);
    auto padding = theme.length("space.3");
    column->setContentsMargins(padding, theme.length("space.2"), padding, padding);
    column->setSpacing(4);
    m_name = new ElidedLabel(Theme::Text::Title, "text", Qt::ElideMiddle);
    m_stage = new BadgeLabel;
    auto* first = new QHBoxLayout;
    first->addWidget(m_name, 1);
    first->addWidget(m_stage);
    column->addLayout(first);
    column->addWidget(m_line = new ElidedLabel(Theme::Text::Small, "text.muted"));
    m_primary = new QPushButton;
    setControlRole(m_primary, ControlRole::Primary);
    m_compare = new QPushButton;
    for (auto* button : {m_primary, m_compare})
        setSmall(button);
    m_more = new IconButton(QStringLiteral("ellipsis"), tr("Change this version"));
    setSmall(m_more);
    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(0, 4, 0, 0);
    buttons->setSpacing(theme.length("space.2"));
    buttons->addWidget(m_primary);
    buttons->addWidget(m_compare);
    buttons->addStretch(1);
    buttons->addWidget(m_more);
    column->addLayout(buttons);
    connect(m_primary, &QPushButton::clicked, this, &VersionInspector::primaryWanted);
    connect(m_compare, &QPushButton::clicked, this, &VersionInspector::compareWanted);
    connect(m_more, &QToolButton::clicked, this, [this] { emit menuWanted(m_more); });
    return head;
}

QWidget* VersionInspector::buildBody()
{
    auto* inner = new QWidget;
    auto* column = new QVBoxLayout(inner);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto section = [&](const QString& title) {
        auto* made = new Section(title);
        column->addWidget(made);
        return made;
    };
    m_identity = section(tr("Identity"));
    m_identity->body()->addWidget(m_identityRows = new FactRows(kLabels));
    m_identity->body()->addWidget(m_read = linkButton());
    m_signature = section(tr("Signature"));
    m_signature->body()->addWidget(m_signatureRows = new FactRows(150));
    m_signature->body()->addWidget(m_allSignature = linkButton());
    m_reports = section(tr("Reports"));
    m_reports->body()->addWidget(m_reportRows = new FactRows(kLabels));
    m_card = section(tr("Model card"));
    m_card->body()->addWidget(m_cardText = new TextLabel({}, Theme::Text::Body, "text.muted"));
    m_tags = section(tr("Tags"));
    m_tags->body()->addWidget(m_chips = new TagChips);
    m_modelTags = section(tr("Tags of the model"));
    m_modelTags->body()->addWidget(m_modelChips = new TagChips);
    for (auto* chips : {m_chips, m_modelChips})
        connect(chips, &TagChips::tagClicked, this, [this, chips](const QString& clicked) {
            auto ofModel = chips == m_modelChips;
            for (const auto& [key, value] : ofModel ? m_entry->model.tags : m_version->tags)
                if (oneLine(key) == clicked)
                    return emit tagWanted(key, ofModel);
        });
    m_description = section(tr("Description"));
    m_description->body()->addWidget(m_descriptionText = new TextLabel({}, Theme::Text::Body));
    for (auto* text : {m_cardText, m_descriptionText}) {
        text->setWordWrap(true);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    column->addStretch(1);
    m_read->setText(tr("Read the files for their digest"));
    connect(m_read, &QPushButton::clicked, this, &VersionInspector::readFiles);
    connect(m_allSignature, &QPushButton::clicked, this, [this] {
        m_wholeSignature = !m_wholeSignature;
        fillSignature();
    });
    auto* area = new QScrollArea;
    area->setWidget(inner);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->viewport()->setAutoFillBackground(false);
    inner->setAutoFillBackground(false);
    return area;
}

QWidget* VersionInspector::moreButton() const
{
    return m_more;
}

void VersionInspector::showVersion(const RegistryDataPtr& registry, const RegistryEntry* entry,
                                   const ModelVersion* version, bool deleted, const VersionChecks& checks)
{
    m_data = registry;
    m_entry = entry;
    m_version = version;
    m_deleted = deleted;
    m_checks = checks;
    m_stack->setCurrentIndex(entry && version ? 1 : 0);
    if (!entry || !version)
        return;
    std::pair now(version->name, version->version);
    if (now != m_detailsOf || version->lastUpdatedTime != m_detailsTime) {
        if (now != m_detailsOf)
            m_details.reset();
        m_detailsOf = now;
        m_detailsTime = version->lastUpdatedTime;
        m_wholeSignature = false;
        if (!deleted)
            load(false);
    }
    fillHead();
    fillIdentity();
    fillSignature();
    fillReports();
    fillTexts();
}

QString VersionInspector::waitingText() const
{
    const auto* request = m_entry->openRequest(m_version->version);
    if (!request)
        return {};
    auto needed = m_entry->log->verification.state->rules().of(request->act.target).approvals;
    auto target = oneLine(request->act.target.substr(request->act.target.find(':') + 1), 60);
    auto missing = needed > request->approvals.size() ? needed - request->approvals.size() : 0;
    if (missing == 0)
        return tr("Approved for %1, to be applied").arg(target);
    return missing == 1 ? tr("Waiting for 1 more approval to %1").arg(target)
                        : tr("Waiting for %1 more approvals to %2").arg(missing).arg(target);
}

void VersionInspector::fillHead()
{
    m_name->setText(tr("%1 v%2").arg(oneLine(m_version->name, 1000)).arg(m_version->version));
    m_stage->setBadge(m_deleted ? Badge::neutral(QStringLiteral("trash-2"), tr("Deleted"))
                                : Badge::stage(m_version->stage));
    auto waiting = m_deleted ? VersionsModel::deletedText(*m_version) : waitingText();
    QStringList aliases;
    for (const auto& alias : m_version->aliases)
        aliases << oneName(alias, 60);
    m_line->setText(!waiting.isEmpty()   ? waiting
                    : !aliases.isEmpty() ? tr("Alias %1").arg(aliases.join(QLatin1String(", ")))
                                         : tr("No alias"));
    auto request = !m_deleted && m_entry->openRequest(m_version->version);
    m_primary->setText(request ? tr("Open request") : tr("Open run"));
    auto known = m_data->runs && m_data->runs->find(m_version->runId);
    m_primary->setEnabled(request || known);
    m_primary->setToolTip(request || known           ? QString()
                          : m_version->runId.empty() ? tr("This version was registered without a run")
                                                     : tr("The run is not in this store"));
    const auto* champion = m_entry->champion();
    auto other = champion && champion != m_version && !m_deleted;
    m_compare->setVisible(!m_deleted);
    m_compare->setEnabled(other || m_entry->versions.size() > 1);
    m_compare->setText(other ? tr("Compare with v%1").arg(champion->version) : tr("Compare…"));
    m_more->setVisible(!m_deleted);
}

void VersionInspector::fillIdentity()
{
    std::vector<Fact> facts;
    auto evidence = evidenceOf(*m_entry, *m_version, m_checks);
    auto unknown = !m_details ? (m_deleted ? tr("not kept") : tr("reading")) : tr("not read");
    auto digest = fact(tr("Model digest"), unknown);
    if (m_details && m_details->digest) {
        digest.whole = QString::fromStdString(toHex(m_details->digest->root));
        digest.value = shortDigest(digest.whole);
        digest.mono = true;
        auto badge = evidence.badge();
        digest.remark = badge.text;
        digest.remarkColor = badge.foreground;
    } else if (m_details && (m_details->missing || m_details->problem || m_details->digestProblem)) {
        digest.value = m_details->missing ? tr("files missing") : tr("not readable");
        if (auto problem = m_details->problem ? m_details->problem : m_details->digestProblem)
            digest.whole = QString::fromStdString(problem->message);
    }
    facts.push_back(digest);
    auto source = fact(tr("Source"), oneName(m_version->source, 60));
    source.mono = true;
    source.whole = oneLine(m_version->source, 2000);
    facts.push_back(source);
    auto row = m_data->runs ? m_data->runs->find(m_version->runId) : std::nullopt;
    auto run = fact(tr("Run"), row                        ? oneLine(m_data->runs->name(*row))
                               : m_version->runId.empty() ? tr("none")
                                                          : shortId(m_version->runId));
    run.whole = oneLine(m_version->runId, 200);
    facts.push_back(run);
    if (m_details && m_details->modelFile) {
        QStringList parts;
        for (const auto& flavor : m_details->modelFile->flavors)
            parts << oneLine(flavor.name + (flavor.version.empty() ? "" : " " + flavor.version), 60);
        if (!m_details->modelFile->pythonVersion.empty())
            parts << tr("python %1").arg(oneLine(m_details->modelFile->pythonVersion, 20));
        facts.push_back(fact(tr("Flavor"), parts.join(QLatin1String(", "))));
    }
    if (m_details && !m_details->missing && !m_details->problem)
        facts.push_back(fact(tr("Size"), formatSize(m_details->bytes) + QLatin1String(", ") +
                                             counted(m_details->files, tr("1 file"), tr("%1 files"))));
    facts.push_back(fact(tr("Created"), formatTime(m_version->creationTime)));
    facts.push_back(m_version->userId.empty()
                        ? fact(tr("By"), tr("not recorded"))
                        : fact(tr("By"), oneLine(m_version->userId, 100), tr("as the store says")));
    if (!m_version->status.empty() && m_version->status != "READY")
        facts.push_back(
            fact(tr("Status"), oneLine(m_version->status, 60), oneLine(m_version->statusMessage, 200)));
    m_identityRows->setFacts(std::move(facts));
    m_identity->setDetail({});
    m_read->setVisible(m_details && !m_details->digest && !m_details->missing && !m_details->problem &&
                       !m_details->digestProblem);
}

void VersionInspector::fillSignature()
{
    using Kind = SignaturePart::Kind;
    m_signature->setVisible(!m_deleted);
    std::vector<Fact> facts;
    auto inputs = m_details ? m_details->count(Kind::Input) : 0;
    auto outputs = m_details ? m_details->count(Kind::Output) : 0;
    auto all = m_details ? m_details->signature.size() : 0;
    m_signature->setDetail(!m_details ? tr("reading")
                           : all == 0
                               ? tr("not provided")
                               : counted(inputs, tr("1 input"), tr("%1 inputs")) + QLatin1String(", ") +
                                     counted(outputs, tr("1 output"), tr("%1 outputs")));
    for (const auto& part : m_details ? m_details->signature : std::vector<SignaturePart>()) {
        if (facts.size() >= (m_wholeSignature ? kMostFields : kFirstFields))
            break;
        auto name = part.name.empty() ? tr("by place") : oneLine(part.name, 200);
        auto field = fact(part.kind == Kind::Output      ? tr("→ %1").arg(name)
                          : part.kind == Kind::Parameter ? tr("%1 (parameter)").arg(name)
                                                         : name,
                          oneLine(part.type, 200) + (part.required ? QString() : tr(", optional")));
        facts.push_back(std::move(field));
    }
    if (m_details && all == 0)
        facts.push_back(fact(tr("None"), m_details->missing ? tr("the files are missing")
                                         : m_details->problem
                                             ? QString::fromStdString(m_details->problem->message)
                                             : QString::fromStdString(m_details->whyNoSignature)));
    m_signatureRows->setFacts(std::move(facts));
    m_allSignature->setVisible(all > kFirstFields);
    m_allSignature->setText(m_wholeSignature ? tr("Show fewer") : tr("Show all %1").arg(formatCount(all)));
}

void VersionInspector::fillReports()
{
    std::vector<Fact> facts;
    const LoggedAct* card = nullptr;
    auto subject = m_version->name + "/" + std::to_string(m_version->version);
    for (const auto& logged : m_entry->log ? m_entry->log->acts : std::vector<LoggedAct>()) {
        const auto& act = logged.act;
        if (act.subject.name != subject || logged.standing == ledger::Standing::Failed)
            continue;
        if (act.kind == ledger::ActKind::Card)
            card = &logged;
        if (act.kind == ledger::ActKind::Report)
            facts.push_back(fact(VersionsModel::dateText(act.time),
                                 oneLine(act.reason.empty() ? act.gate : act.reason, 200),
                                 tr("entry %1").arg(act.index)));
    }
    m_reports->setDetail(facts.empty() ? tr("none attached")
                                       : tr("%1 attached").arg(formatCount(facts.size())));
    if (facts.empty() != m_reportRows->facts().empty() || facts.empty())
        m_reports->setOpen(!facts.empty());
    m_reportRows->setVisible(!facts.empty());
    m_reports->setVisible(!m_deleted);
    m_reportRows->setFacts(std::move(facts));
    m_card->setVisible(!m_deleted);
    m_card->setDetail(card ? tr("recorded %1").arg(VersionsModel::dateText(card->act.time))
                           : tr("not provided"));
    m_cardText->setText(
        card ? tr("Entry %1 of the log").arg(card->act.index)
             : tr("Nobody wrote one yet; sextant cards edit begins with what run and data say"));
}

void VersionInspector::fillTags(Section& section, TagChips& chips, const TagMap& tags)
{
    std::vector<TagChips::Tag> shown;
    for (const auto& [key, value] : tags)
        shown.push_back({oneLine(key), oneLine(value)});
    section.setDetail(formatCount(shown.size()));
    section.setVisible(!shown.empty());
    chips.setTags(std::move(shown));
}

void VersionInspector::fillTexts()
{
    fillTags(*m_tags, *m_chips, m_version->tags);
    fillTags(*m_modelTags, *m_modelChips, m_entry->model.tags);
    m_description->setVisible(!m_version->description.empty());
    m_descriptionText->setText(manyLines(m_version->description, 8'000));
}

void VersionInspector::readFiles()
{
    load(true);
}

void VersionInspector::load(bool all)
{
    m_context.jobs.start<VersionDetails>(
        tr("Reading the files of %1 v%2").arg(oneName(m_version->name, 40)).arg(m_version->version), kLane,
        this,
        [path = m_context.session.info().path, version = *m_version, all](const Operation& operation) {
            return readVersionDetails(path, version, all, operation);
        },
        [this](Result<VersionDetails> details) { onLoaded(std::move(details)); });
}

void VersionInspector::onLoaded(Result<VersionDetails> details)
{
    if (!details) { // stopped: what is known without the digest stays
        m_details = VersionDetails{};
        m_details->digestProblem = details.error();
    } else {
        m_details = std::move(*details);
    }
    if (!m_version || m_detailsOf != std::pair(m_version->name, m_version->version))
        return;
    VersionCheck check{m_details->digest ? std::optional(m_details->digest->root) : std::nullopt,
                       m_details->missing};
    m_checks[m_detailsOf] = check;
    fillIdentity();
    fillSignature();
    emit checked(m_detailsOf.first, m_detailsOf.second, check);
}

void VersionInspector::paintEvent(QPaintEvent*)
{
    const auto& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color("bg.2"));
}

} // namespace sextant
