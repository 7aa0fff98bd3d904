package org.physionet.provisioner.sources.physionet;

/** Which table says what a researcher's Google account is: the setting {@code googleAccounts}. */
enum GoogleAccountsFrom {
    /** {@code user_cloudinformation.gcp_email_id}: the address that the researcher chose in the settings. */
    LINKED("linked"),
    /** {@code environment_cloudidentity}: the account that a research environment made for the researcher. */
    RESEARCH_ENVIRONMENT("research-environment");

    private final String text;

    GoogleAccountsFrom(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /** @throws IllegalArgumentException naming the key if it is neither of the two */
    static GoogleAccountsFrom of(String value, String key) {
        for (GoogleAccountsFrom from : values()) {
            if (from.text.equals(value)) {
                return from;
            }
        }
        throw new IllegalArgumentException(key + ": expected linked or research-environment, found \"" + value + "\"");
    }
}
