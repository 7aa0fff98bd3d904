package org.physionet.provisioner.app.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.FilesSite;
import org.physionet.provisioner.app.support.Program;

/** {@code explain} answers as a colleague would: yes or no first, then why, then whose move it is. */
class ExplainTest {
    @TempDir
    Path folder;

    private static String explain(FilesSite site, String... more) {
        String[] all = new String[more.length + 3];
        all[0] = "explain";
        System.arraycopy(more, 0, all, 1, more.length);
        all[more.length + 1] = "--output";
        all[more.length + 2] = "table";
        return site.done(all).out();
    }

    @Test
    void eachSituationHasItsAnswerItsReasonAndItsNextStep() throws Exception {
        try (FilesSite site = new FilesSite(folder)) {
            assertThat(explain(site, "ada", "demo-iv/1.0"))
                    .startsWith("Yes: ada (1) may read demo-iv/1.0")
                    .contains("by agreement", "can not read, and should", "admin: not granted at", "provisioner run");
            site.done("run");
            assertThat(explain(site, "ada", "demo-iv/1.0"))
                    .contains("can read, as it should", "last proven", "nobody: everything is as it should be");
            assertThat(explain(site, "edsger", "demo-iv/1.0"))
                    .startsWith("No: edsger (3) may not read demo-iv/1.0")
                    .contains("[dua_unsigned]", "researcher: sign the agreement on the page of demo-iv/1.0");
            assertThat(explain(site, "barbara", "demo-iv/1.0"))
                    .contains("[not_credentialed]", "researcher: apply to become credentialed");
            assertThat(explain(site, "alan", "demo-iv/1.0"))
                    .contains("[training_expired]", "2022", "hand in a report of training research-ethics");
            assertThat(explain(site, "katherine", "demo-iv/1.0")).contains("[training_missing]");
            assertThat(explain(site, "donald", "demo-iv/1.0"))
                    .contains("[inactive]", "admin: the account is switched off");
            assertThat(explain(site, "margaret", "demo-notes/2.0"))
                    .contains("[request_not_approved]", "its reviewers decide");
            assertThat(explain(site, "tim", "demo-notes/2.0")).contains("[request_expired]", "ask for access again");
            assertThat(explain(site, "linus", "demo-iv/1.0"))
                    .startsWith("Yes: linus")
                    .contains("Linked accounts\n  none", "researcher: link and verify a cloud account");
            assertThat(explain(site, "radia", "demo-ecg/1.0"))
                    .startsWith("Yes: radia")
                    .contains("not usable", "the address was never verified");
            assertThat(explain(site, "ada", "demo-next/1.1")).contains("[embargoed]", "2099");
        }
    }

    @Test
    void aBlockAnExceptionAndAnErrorMessageAreExplainedToo() throws Exception {
        try (FilesSite site = new FilesSite(folder)) {
            site.done("run");
            site.done("revoke", "grace", "--reason", "laptop stolen", "--yes");
            assertThat(explain(site, "grace", "demo-iv/1.0"))
                    .startsWith("No: grace")
                    .contains("[blocked]", "laptop stolen", "holds lift", "can not read, as it should");
            site.done("grant", "alan", "demo-iv/1.0", "--until", "2033-12-31", "--reason", "renewal under way");
            assertThat(explain(site, "alan", "demo-iv/1.0"))
                    .startsWith("Yes: alan")
                    .contains("by exception", "until 2033-12-31T23:59:59.999999Z", "waived", "renewal under way");
            assertThat(explain(site, "ada", "demo-iv/1.0", "--error", "the dog ate it"))
                    .contains("not one of the known refusals");
            Program.Result past = site.done("explain", "ada", "demo-iv/1.0", "--at", "2026-02-05T00:00:00Z");
            assertThat(past.err()).contains("no evidence");
        }
    }
}
