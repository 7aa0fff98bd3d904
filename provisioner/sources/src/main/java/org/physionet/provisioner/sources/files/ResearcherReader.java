package org.physionet.provisioner.sources.files;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Agreement;
import org.physionet.provisioner.engine.model.Approval;
import org.physionet.provisioner.engine.model.Certificate;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.DatasetId;
import org.physionet.provisioner.engine.model.Researcher;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.engine.model.TermLength;
import org.physionet.provisioner.engine.model.TrainingTypeId;
import org.physionet.provisioner.sources.identity.AwsIdentities;
import org.physionet.provisioner.sources.identity.GoogleAccounts;

/** Reads one researcher. What is wrong is reported and read as what gives least: unset, inactive, not held. */
final class ResearcherReader {
    private static final String DATASET = "dataset";
    private static final String TRAINING = "training";

    private ResearcherReader() {}

    static Researcher read(ResearcherId id, Fields fields) {
        fields.text("id");
        String username = fields.text("username");
        Researcher researcher = new Researcher(
                id,
                username.isEmpty() ? id.value() : username,
                fields.flag("active", null),
                fields.flag("credentialed", null),
                fields.instant("credentialedAt"),
                fields.parsed("country", ResearcherReader::country),
                fields.texts("emails"),
                certificates(fields),
                agreements(fields),
                approvals(fields),
                accounts(fields));
        fields.end();
        return researcher;
    }

    private static String country(String text) {
        if (!text.matches("[A-Za-z]{2}")) {
            throw new IllegalArgumentException("expected two letters of ISO 3166, found \"" + text + "\"");
        }
        return text.toUpperCase(Locale.ROOT);
    }

    private static List<Certificate> certificates(Fields researcher) {
        List<Certificate> certificates = new ArrayList<>();
        for (Fields fields : researcher.list("certificates")) {
            TrainingTypeId type = fields.required(TRAINING, TrainingTypeId::new);
            Certificate.State state = fields.required("state", text -> state(Certificate.State.class, text));
            Instant processedAt = fields.instant("processedAt");
            fields.end();
            if (type != null && state != null) {
                certificates.add(new Certificate(type, state, processedAt));
            }
        }
        return certificates;
    }

    /** Of several for one dataset the first in time counts. */
    private static List<Agreement> agreements(Fields researcher) {
        Map<DatasetId, Agreement> agreements = new LinkedHashMap<>();
        for (Fields fields : researcher.list("agreements")) {
            DatasetId dataset = fields.required(DATASET, DatasetId::parse);
            Instant signedAt = fields.instant("signedAt");
            fields.end();
            if (dataset != null) {
                agreements.merge(dataset, new Agreement(dataset, signedAt), ResearcherReader::first);
            }
        }
        return List.copyOf(agreements.values());
    }

    private static Agreement first(Agreement a, Agreement b) {
        Instant signedA = a.signedAt();
        Instant signedB = b.signedAt();
        return signedA == null || (signedB != null && signedB.isBefore(signedA)) ? b : a;
    }

    private static List<Approval> approvals(Fields researcher) {
        List<Approval> approvals = new ArrayList<>();
        for (Fields fields : researcher.list("approvals")) {
            DatasetId dataset = fields.required(DATASET, DatasetId::parse);
            Approval.State state = fields.required("state", text -> state(Approval.State.class, text));
            Instant decidedAt = fields.instant("decidedAt");
            boolean endless = !fields.has("length");
            TermLength length = fields.parsed("length", Lengths::parse);
            fields.end();
            // A length that can not be read must not become one that never ends.
            if (dataset != null && state != null && (endless || length != null)) {
                approvals.add(new Approval(dataset, state, decidedAt, length));
            }
        }
        return approvals;
    }

    private static List<CloudAccount> accounts(Fields researcher) {
        List<CloudAccount> accounts = new ArrayList<>();
        for (Fields fields : researcher.list("accounts")) {
            String kind = fields.text("kind");
            String id = fields.text("id");
            String unusable = fields.optionalText("unusable");
            Map<String, String> attributes = fields.others();
            CloudAccount account = account(kind, id, attributes, unusable);
            if (!kind.isEmpty() && !id.isEmpty() && !accounts.contains(account)) {
                accounts.add(account);
            }
            if (kind.equals(CloudAccount.AWS)) {
                AwsIdentities.unreadable(attributes).forEach(fields::report);
            }
        }
        return accounts;
    }

    /** Kinds that are not known here are those of other adapters, and stay as they are written. */
    private static CloudAccount account(
            String kind, String id, Map<String, String> attributes, @Nullable String unusable) {
        return switch (kind) {
            case CloudAccount.GOOGLE -> GoogleAccounts.of(id, attributes, unusable);
            case CloudAccount.AWS -> AwsIdentities.of(id, attributes, unusable);
            default -> new CloudAccount(kind, id, attributes, unusable);
        };
    }

    private static <E extends Enum<E>> E state(Class<E> states, String text) {
        List<String> known = new ArrayList<>();
        for (E state : states.getEnumConstants()) {
            String word = state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            if (word.equals(text)) {
                return state;
            }
            known.add(word);
        }
        throw new IllegalArgumentException("expected one of " + String.join(", ", known) + ", found \"" + text + "\"");
    }
}
