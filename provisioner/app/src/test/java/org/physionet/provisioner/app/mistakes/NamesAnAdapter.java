package org.physionet.provisioner.app.mistakes;

import org.physionet.provisioner.adapters.second.mistakes.Second;

/** Breaks a rule on purpose: the app finds adapters, and names none. */
record NamesAnAdapter(Second adapter) {}
