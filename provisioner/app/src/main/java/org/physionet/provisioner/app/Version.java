package org.physionet.provisioner.app;

/** The program's version, from its jar. */
final class Version {
    private Version() {}

    static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return "provisioner " + (version == null ? "(not packaged)" : version) + ", Java " + Runtime.version();
    }
}
