package org.physionet.provisioner.app.output;

import java.util.Locale;

/** How an answer is written. */
public enum Format {
    TABLE,
    JSON,
    NDJSON,
    CSV;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
