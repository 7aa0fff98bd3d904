package org.physionet.provisioner.adapters.aws.shadows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.engine.adapter.Shadow;
import software.amazon.awssdk.services.s3.model.Grant;
import software.amazon.awssdk.services.s3.model.Grantee;
import software.amazon.awssdk.services.s3.model.Permission;

class AclShadowsTest {
    private static final String EVERYBODY = "http://acs.amazonaws.com/groups/global/AllUsers";

    @Test
    void othersThanTheOwnerWhoMayReadAreFoundAndThoseWhoMayOnlyWriteAreNot() {
        List<Grant> grants = List.of(
                grant(Grantee.builder().id("owner").build(), Permission.FULL_CONTROL),
                grant(Grantee.builder().uri(EVERYBODY).build(), Permission.READ),
                grant(Grantee.builder().id("other").displayName("lab").build(), Permission.FULL_CONTROL),
                grant(Grantee.builder().id("logs").build(), Permission.WRITE));

        assertThat(AclShadows.granted("data", "owner", grants))
                .extracting(Shadow::who, Shadow::path)
                .containsExactly(
                        tuple(EVERYBODY, "access control list of data: READ"),
                        tuple("lab", "access control list of data: FULL_CONTROL"));
    }

    private static Grant grant(Grantee grantee, Permission permission) {
        return Grant.builder().grantee(grantee).permission(permission).build();
    }
}
