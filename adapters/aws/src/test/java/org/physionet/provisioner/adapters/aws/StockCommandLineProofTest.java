package org.physionet.provisioner.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.CallListener;
import org.physionet.provisioner.engine.adapter.IdentityProof;
import org.physionet.provisioner.engine.adapter.IdentityProof.Verdict;
import org.physionet.provisioner.engine.adapter.Pacing;
import org.physionet.provisioner.simulator.witness.Installed;

/** What Amazon's own command line prints is a proof; skipped where {@code aws} is not on the path. */
class StockCommandLineProofTest {
    private static final String NONCE = "0123456789abcdef0123456789abcdef";

    @Test
    void commandOfTheInstructionsMakesAProof() throws Exception {
        Installed.orSkip("aws");
        try (SimulatedAws aws = new SimulatedAws()) {
            IdentityProof proof = aws.provider()
                    .identityProof(
                            aws.settings(Map.of("identityProof.site", "data.example.org")),
                            new AdapterContext(InstantSource.system(), CallListener.NONE, Pacing.NONE))
                    .orElseThrow();
            String command = proof.instructions(NONCE).stream()
                    .filter(line -> line.contains("aws eks"))
                    .findFirst()
                    .orElseThrow();

            String printed = run(command.strip());

            assertThat(proof.verify(printed, NONCE, Instant.now()))
                    .isInstanceOfSatisfying(
                            Verdict.Proven.class,
                            p -> assertThat(p.account().id()).isEqualTo(SimulatedAws.id(1)));
            assertThat(proof.verify(printed, NONCE + "0", Instant.now())).isInstanceOf(Verdict.Refused.class);
        }
    }

    private static String run(String command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment().put("AWS_ACCESS_KEY_ID", "AKIA%016d".formatted(1));
        builder.environment().put("AWS_SECRET_ACCESS_KEY", "secret-of-1");
        builder.environment().put("AWS_CONFIG_FILE", "/dev/null");
        builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return printed;
    }
}
