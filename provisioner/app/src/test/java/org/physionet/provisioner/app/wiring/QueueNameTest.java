package org.physionet.provisioner.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QueueNameTest {
    private final String own = QueueName.of("p-01a2080b-9ad7-7ce9-8465-38528bfc326c");

    @Test
    void itFitsWhatTheQueueKeepsAndTellsInstancesOfOneProcessApart() {
        assertThat(own).hasSizeLessThanOrEqualTo(50).endsWith("38528bfc326c");
        assertThat(QueueName.of("p-01a2080b-9ad7-7ce9-8465-38528bfc326d")).isNotEqualTo(own);
    }

    @Test
    void onlyAProcessOfThisMachineThatIsNoMoreIsGone() throws Exception {
        assertThat(QueueName.isGone(own)).isFalse();
        Process other = new ProcessBuilder("sleep", "60").start();
        String theirs = own.replace("/" + ProcessHandle.current().pid() + "/", "/" + other.pid() + "/")
                .replaceAll("/\\d+/([^/]+)$", "/" + start(other) + "/$1");
        assertThat(QueueName.isGone(theirs)).isFalse();
        other.destroyForcibly().waitFor();
        assertThat(QueueName.isGone(theirs)).isTrue();
        assertThat(QueueName.isGone("000000000000" + theirs.substring(12)))
                .as("of another machine")
                .isFalse();
        assertThat(QueueName.isGone("somebody else's")).isFalse();
    }

    private static long start(Process process) {
        return process.info().startInstant().orElseThrow().toEpochMilli();
    }
}
