package org.physionet.provisioner.adapters.aws.accesspoints;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.physionet.provisioner.adapters.aws.OptIns;
import org.physionet.provisioner.adapters.aws.S3Location;

class ReaderInstructionsTest {
    private final AccessPointLayout layout = AccessPointLayout.of(
            S3Location.parse("data/mimiciv/3.1/"), "us-east-1", "111122223333", "pn", Form.KEEP, OptIns.NONE, true);

    @Test
    void commandsNameTheirAccessPointAndTheFolder() {
        String arn = "arn:aws:s3:us-east-1:111122223333:accesspoint/pn-x-02";
        assertThat(ReaderInstructions.lines(layout, "pn-x-02"))
                .contains("  aws s3 ls s3://" + arn + "/mimiciv/3.1/")
                .contains("  aws s3 sync s3://" + arn + "/mimiciv/3.1/ ./mimiciv-3.1")
                .anySatisfy(line -> assertThat(line)
                        .contains("\"Action\":\"s3:GetObject\",\"Resource\":\"" + arn + "/object/mimiciv/3.1/*\"")
                        .contains("\"Action\":\"s3:ListBucket\",\"Resource\":\"" + arn + "\""));
    }

    @Test
    void withoutAPlaceNoCommandIsInvented() {
        assertThat(ReaderInstructions.lines(layout, null)).noneMatch(line -> line.contains("aws s3"));
    }
}
