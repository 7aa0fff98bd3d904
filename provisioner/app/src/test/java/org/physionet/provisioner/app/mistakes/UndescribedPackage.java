package org.physionet.provisioner.app.mistakes;

/** Breaks a rule on purpose: its package has no package-info.java. */
record UndescribedPackage() {}
