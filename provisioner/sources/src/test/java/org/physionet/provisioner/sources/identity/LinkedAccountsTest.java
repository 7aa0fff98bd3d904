package org.physionet.provisioner.sources.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.engine.model.CloudAccount;

/** A linked account is usable if what names it can be a name of its kind, and otherwise says why not. */
class LinkedAccountsTest {
    private static final String ID = "AIDAADA0123456789";
    private static final String ARN = "arn:aws:iam::111122223333:user/ada";

    @Test
    void anAwsIdentityIsNamedByItsUniqueId() {
        Map<String, String> attributes = Map.of("account", "111122223333", "arn", ARN);
        assertThat(AwsIdentities.of(ID, attributes, null))
                .isEqualTo(new CloudAccount(CloudAccount.AWS, ID, attributes, null));
    }

    @Test
    void anAwsIdentityWithoutAUniqueIdIsNamedByWhatThereIsAndUnusable() {
        CloudAccount account = AwsIdentities.of(null, Map.of("account", "111122223333"), null);
        assertThat(account.id()).isEqualTo("111122223333");
        assertThat(account.unusable()).isEqualTo("AWS unique id: expected AIDA…, found none");
        assertThat(AwsIdentities.of(null, Map.of("arn", ARN), null).id()).isEqualTo(ARN);
    }

    @Test
    void aUniqueIdThatIsNoneIsUnusable() {
        assertThat(AwsIdentities.of("AKIAADA0123456789", Map.of(), null).unusable())
                .startsWith("AWS unique id: expected AIDA or AROA");
    }

    @Test
    void partsThatContradictEachOtherAreUnusable() {
        assertThat(AwsIdentities.of(ID, Map.of("account", "444455556666", "arn", ARN), null)
                        .unusable())
                .contains("contradict");
        assertThat(AwsIdentities.of("AROAADA0123456789", Map.of("arn", ARN), null)
                        .unusable())
                .contains("different kinds");
    }

    @Test
    void anAttributeThatCanNotBeReadIsLeftOutAndNamed() {
        Map<String, String> attributes = Map.of("account", "12", "arn", "", "note", "x");
        CloudAccount account = AwsIdentities.of(ID, attributes, null);
        assertThat(account.usable()).isTrue();
        assertThat(account.attributes()).isEqualTo(Map.of("note", "x"));
        assertThat(AwsIdentities.unreadable(attributes)).containsOnlyKeys("account");
    }

    @Test
    void whatTheSourceHoldsAgainstAnAccountComesFirst() {
        assertThat(AwsIdentities.of("x", Map.of(), "never verified").unusable()).isEqualTo("never verified");
        assertThat(GoogleAccounts.of("x", Map.of(), "never verified"))
                .isEqualTo(new CloudAccount(CloudAccount.GOOGLE, "x", Map.of(), "never verified"));
    }

    @Test
    void aGoogleAccountKeepsTheVerifiedSpelling() {
        assertThat(GoogleAccounts.of("Ada.L+lab@GoogleMail.com", Map.of("subject", "1"), null))
                .isEqualTo(new CloudAccount(
                        CloudAccount.GOOGLE, "Ada.L+lab@GoogleMail.com", Map.of("subject", "1"), null));
        assertThat(GoogleAccounts.of("ada", Map.of(), null).unusable())
                .isEqualTo("e-mail address: expected name@domain, found \"ada\"");
    }

    @Test
    void wholeAccountIsUsableOnlyWithItsOptIn() {
        assertThat(AwsIdentities.of("111122223333", Map.of(), null).unusable()).isNotNull();
        assertThat(AwsIdentities.of("111122223333", Map.of("accountOptIn", "true"), null)
                        .usable())
                .isTrue();
        assertThat(AwsIdentities.of("1111", Map.of("accountOptIn", "true"), null)
                        .unusable())
                .contains("a whole AWS account");
    }
}
