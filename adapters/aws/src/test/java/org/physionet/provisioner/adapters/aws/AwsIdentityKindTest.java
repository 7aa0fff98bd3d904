package org.physionet.provisioner.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.physionet.provisioner.engine.model.CloudAccount;

class AwsIdentityKindTest {
    private static final String USER = "AIDA00000000000000001";
    private static final String ROLE = "AROA00000000000000001";

    private final AwsIdentityKind kind = new AwsIdentityKind();

    @Test
    void userIsKnownByItsUniqueId() {
        assertThat(kind.principal(account(
                        USER, Map.of("account", "111122223333", "arn", "arn:aws:iam::111122223333:user/team/x/ada"))))
                .satisfies(p -> {
                    assertThat(p.kind()).isEqualTo("aws");
                    assertThat(p.key()).isEqualTo(USER);
                    assertThat(p.text()).isEqualTo(USER);
                });
        assertThat(kind.principal(account(USER, Map.of()))).isEqualTo(AwsIdentityKind.of(USER));
    }

    @Test
    void roleIsTakenOnlyWhereItWasAgreedTo() {
        assertThatThrownBy(() -> kind.principal(account(ROLE, Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("opted in");
        assertThat(kind.principal(account(ROLE, Map.of("roleOptIn", "true"))).text())
                .isEqualTo(ROLE);
    }

    @Test
    void wholeAccountIsTakenOnlyWhereItWasAgreedToAndIsShownAsItsRoot() {
        Map<String, String> agreed = Map.of("accountOptIn", "true");
        assertThat(kind.principal(account("111122223333", agreed)).text()).isEqualTo("111122223333");
        assertThat(kind.alsoShownAs(account("111122223333", agreed)))
                .containsExactly(AwsIdentityKind.of("arn:aws:iam::111122223333:root"));
        assertThat(kind.parse("111122223333")).isPresent();
        assertThat(kind.parse("arn:aws:iam::111122223333:root")).isPresent();
        assertThatThrownBy(() -> kind.principal(
                        account("111122223333", Map.of("accountOptIn", "true", "account", "999988887777"))))
                .hasMessageContaining("999988887777");
    }

    @ParameterizedTest(name = "{0} {1} is refused: {2}")
    @CsvSource({
        "AIDA00000000000000001, arn:aws-cn:iam::111122223333:user/ada, partition aws-cn",
        "AIDA00000000000000001, arn:aws-us-gov:iam::111122223333:user/ada, partition aws-us-gov",
        "111122223333, arn:aws:iam::111122223333:root, whole account",
        "111122223333, '', whole account",
        "111122223333:ada, '', GetFederationToken",
        "111122223333:ada, arn:aws:sts::111122223333:federated-user/ada, GetFederationToken",
        "AROA00000000000000001:ada, arn:aws:sts::111122223333:assumed-role/r/ada, role session",
        "AIDA00000000000000001, arn:aws:iam::111122223333:role/r, another type",
        "AIDA00000000000000001, arn:aws:iam::999988887777:user/ada, but account 111122223333 is linked",
        "AIDA00000000000000001, arn:aws:iam::1:user/ada, AWS ARN",
        "aida00000000000000001, '', AWS unique id",
        "'', '', AWS unique id",
    })
    void everythingElseIsRefusedWithItsReason(String id, String arn, String why) {
        assertThatThrownBy(() -> kind.principal(account(id, Map.of("account", "111122223333", "arn", arn))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void accountOfAnotherKindIsRefused() {
        assertThatThrownBy(() -> kind.principal(new CloudAccount("google", "ada@example.org", Map.of(), null)))
                .hasMessageContaining("kind \"google\"");
    }

    @Test
    void outputsAreReadBack() {
        assertThat(kind.parse(USER)).contains(AwsIdentityKind.of(USER));
        assertThat(kind.parse(ROLE)).isPresent();
        assertThat(kind.parse("arn:aws:iam::111122223333:user/ada")).isPresent();
        assertThat(kind.parse("user:ada@example.org")).isEmpty();
        assertThat(kind.parse("17")).isEmpty();
    }

    private static CloudAccount account(String id, Map<String, String> attributes) {
        return new CloudAccount("aws", id, attributes, null);
    }
}
