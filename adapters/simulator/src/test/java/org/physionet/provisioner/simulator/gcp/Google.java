package org.physionet.provisioner.simulator.gcp;

import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.gax.retrying.RetrySettings;
import com.google.api.services.bigquery.Bigquery;
import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import java.time.Instant;
import java.time.InstantSource;
import org.physionet.provisioner.simulator.LiveWorld;
import org.physionet.provisioner.simulator.Simulator;
import org.physionet.provisioner.simulator.SimulatorOptions;
import org.physionet.provisioner.simulator.World;

/** Worlds and real clients for the tests, configured as facts/gcp.md 6 says. */
final class Google {
    static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    static final InstantSource AT_NOON = () -> NOON;

    private Google() {}

    static LiveWorld open() {
        return new LiveWorld(new Simulator(SimulatorOptions.defaults().withClock(AT_NOON)));
    }

    static LiveWorld strict() {
        return new LiveWorld(
                new Simulator(SimulatorOptions.defaults().withClock(AT_NOON).withAccounts(World.Accounts.STRICT)));
    }

    /** The storage client, with as many attempts as wanted. */
    static Storage storage(LiveWorld world, int attempts) {
        return StorageOptions.http()
                .setHost(world.url())
                .setProjectId("p1")
                .setCredentials(NoCredentials.getInstance())
                .setRetrySettings(RetrySettings.newBuilder()
                        .setMaxAttempts(attempts)
                        .setInitialRetryDelayDuration(java.time.Duration.ofMillis(1))
                        .setMaxRetryDelayDuration(java.time.Duration.ofMillis(10))
                        .setTotalTimeoutDuration(java.time.Duration.ofSeconds(20))
                        .build())
                .build()
                .getService();
    }

    static BigQuery bigQuery(LiveWorld world) {
        return BigQueryOptions.newBuilder()
                .setHost(world.url())
                .setProjectId("p1")
                .setCredentials(NoCredentials.getInstance())
                .build()
                .getService();
    }

    static Bigquery lowBigQuery(LiveWorld world) {
        return new Bigquery.Builder(new NetHttpTransport(), GsonFactory.getDefaultInstance(), null)
                .setRootUrl(world.url() + "/")
                .setApplicationName("test")
                .build();
    }

    static boolean canRead(LiveWorld world, String email, String resource) {
        return world.simulator().canRead("gcp", "user:" + email, resource).allowed();
    }
}
