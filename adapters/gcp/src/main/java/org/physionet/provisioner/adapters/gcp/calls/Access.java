package org.physionet.provisioner.adapters.gcp.calls;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How to reach Google.
 *
 * @param project whose resources these are
 * @param endpoint base address for all APIs without a slash at the end; null: Google's own
 * @param billingProject charged for our own calls on requester-pays buckets; null: the bucket's owner
 */
public record Access(
        String project,
        Credentials credentials,
        @Nullable URI endpoint,
        @Nullable String billingProject) {
    /** Who we are to Google. */
    public sealed interface Credentials {
        /** What the machine offers: workload identity, {@code gcloud auth application-default login}. */
        record ApplicationDefault() implements Credentials {}

        /** A service account's key. */
        record KeyFile(Path file) implements Credentials {}

        /** Anybody's, as {@code gcloud auth application-default login} leaves them. */
        record SignedIn(Path file) implements Credentials {}

        /** A token as it is: emulators. */
        record Token(String text) implements Credentials {
            @Override
            public String toString() {
                return "Token";
            }
        }

        /** No token at all: emulators. */
        record None() implements Credentials {}
    }
}
