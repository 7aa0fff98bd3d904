package org.physionet.provisioner.app.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** The compiled program as ArchUnit sees it: the main classes of every module on the class path, read once for all tests. */
final class Program {
    static final String ROOT = "org.physionet.provisioner";

    private static final JavaClasses MAIN_CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    private Program() {}

    static JavaClasses mainClasses() {
        return MAIN_CLASSES;
    }

    /** The pattern for a part's package and everything below it, e.g. {@code in("adapters.gcp")}. */
    static String in(String part) {
        return ROOT + "." + part + "..";
    }
}
