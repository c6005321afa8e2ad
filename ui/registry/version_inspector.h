// VersionInspector: the selected version at the right of the Registry page: who it is, what it takes and
// gives, reports, card, tags. What is in its files follows from a job. GUI thread only.
#pragma once

#include "ui/registry/version_check.h"
#include "ui/registry/version_details.h"
#include "ui/shell/page.h"
#include "ui/widgets/fact_rows.h"

class QPushButton;
class QStackedWidget;

namespace sextant {

class BadgeLabel;
class ElidedLabel;
class IconButton;
class Section;
class StatePanel;
class TextLabel;

class VersionInspector final : public QWidget
{
    Q_OBJECT
public:
    explicit VersionInspector(const PageContext& context, QWidget* parent = nullptr);

    /// Null: nothing is selected. `checks` are what is known of files that were read before.
    void showVersion(const RegistryDataPtr& registry, const RegistryEntry* entry, const ModelVersion* version,
                     bool deleted, const VersionChecks& checks);
    const std::optional<VersionDetails>& details() const { return m_details; }
    /// Reads the files whatever their size.
    void readFiles();
    QWidget* moreButton() const;

signals:
    void checked(const std::string& model, std::int64_t version, const sextant::VersionCheck& check);
    void primaryWanted(); // open the request, or the run
    void compareWanted();
    void menuWanted(QWidget* anchor);
    void tagWanted(const std::string& key, bool ofModel);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QWidget* buildHead();
    QWidget* buildBody();
    void fillHead();
    void fillIdentity();
    void fillSignature();
    void fillReports();
    void fillTexts();
    static void fillTags(Section& section, TagChips& chips, const TagMap& tags);
    void load(bool all);
    void onLoaded(Result<VersionDetails> details);
    QString waitingText() const;

    PageContext m_context;
    RegistryDataPtr m_data; // keeps what the pointers point to
    const RegistryEntry* m_entry = nullptr;
    const ModelVersion* m_version = nullptr;
    bool m_deleted = false;
    VersionChecks m_checks;
    std::optional<VersionDetails> m_details;
    std::pair<std::string, std::int64_t> m_detailsOf;
    EpochMs m_detailsTime = kNoTime; // last update of the version they are of
    bool m_wholeSignature = false;

    QStackedWidget* m_stack;
    StatePanel* m_empty;
    ElidedLabel* m_name = nullptr;
    BadgeLabel* m_stage = nullptr;
    ElidedLabel* m_line = nullptr;
    QPushButton* m_primary = nullptr;
    QPushButton* m_compare = nullptr;
    IconButton* m_more = nullptr;
    Section* m_identity = nullptr;
    Section* m_signature = nullptr;
    Section* m_reports = nullptr;
    Section* m_card = nullptr;
    Section* m_tags = nullptr;
    Section* m_modelTags = nullptr;
    Section* m_description = nullptr;
    FactRows* m_identityRows = nullptr;
    FactRows* m_signatureRows = nullptr;
    FactRows* m_reportRows = nullptr;
    TextLabel* m_cardText = nullptr;
    TextLabel* m_descriptionText = nullptr;
    TagChips* m_chips = nullptr;
    TagChips* m_modelChips = nullptr;
    QPushButton* m_read = nullptr;
    QPushButton* m_allSignature = nullptr;
};

} // namespace sextant
