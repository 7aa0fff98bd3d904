package org.physionet.provisioner.adapters.aws.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** IAM is asked about the role behind a session, and about a user as it is. */
class EngineSessionTest {
    @Test
    void aSessionIsItsRole() {
        assertThat(EngineRights.principalOf("arn:aws:sts::111122223333:assumed-role/engine/i-0abc/x"))
                .isEqualTo("arn:aws:iam::111122223333:role/engine");
        assertThat(EngineRights.principalOf("arn:aws:iam::111122223333:user/team/engine"))
                .isEqualTo("arn:aws:iam::111122223333:user/team/engine");
    }
}
