package org.physionet.provisioner.sources.physionet;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.Approval;
import org.physionet.provisioner.engine.model.Certificate;

/** The numbers that PhysioNet writes for states and policies (facts/physionet.md 1.4). Null: a number that is not known. */
final class Codes {
    static final int OPEN = 0;
    static final int RESTRICTED = 1;
    static final int CREDENTIALED = 2;
    static final int CONTRIBUTOR_REVIEW = 3;

    static final int LOCAL = 0;
    static final int AWS_OPEN_DATA = 1;
    static final int AWS_S3 = 2;
    static final int GCP_BUCKET = 3;
    static final int GCP_BIGQUERY = 4;

    /** {@code user_credentialapplication.status}: 0 pending to 4 revoked; only this one counts. */
    static final int APPLICATION_ACCEPTED = 2;

    static final int LAST_APPLICATION_STATUS = 4;

    private static final List<String> POLICIES = List.of("open", "restricted", "credentialed", "contributor review");
    private static final List<Certificate.State> TRAINING = List.of(
            Certificate.State.IN_REVIEW,
            Certificate.State.WITHDRAWN,
            Certificate.State.REJECTED,
            Certificate.State.ACCEPTED);
    private static final List<Approval.State> REQUEST = List.of(
            Approval.State.PENDING,
            Approval.State.REJECTED,
            Approval.State.WITHDRAWN,
            Approval.State.ACCEPTED,
            Approval.State.REVOKED);

    private Codes() {}

    static @Nullable String policy(int code) {
        return at(POLICIES, code);
    }

    static Certificate.@Nullable State training(int code) {
        return at(TRAINING, code);
    }

    static Approval.@Nullable State request(int code) {
        return at(REQUEST, code);
    }

    private static <T> @Nullable T at(List<T> values, int code) {
        return code >= 0 && code < values.size() ? values.get(code) : null;
    }
}
