# Runs Maven with a Java that can build the project. Read by the scripts beside it (". maven.sh", with $here set to their folder and
# java.sh read before), not run by itself. POSIX sh.
#
# maven ARGUMENT...   runs mvn in the project's folder; MAVEN_OPTS is honoured. Ends the script with 2 if there is no Maven or no JDK.

maven() {
    if ! command -v mvn >/dev/null 2>&1; then
        echo "Maven 3.8.6 or newer is needed to build, and no mvn was found on the PATH." >&2
        echo "Get it with: sudo apt-get install maven, sudo dnf install maven, brew install maven, or from https://maven.apache.org/download.cgi" >&2
        exit 2
    fi
    find_java 25 javac || exit 2
    # Plain mvn on an older Java works too, through the toolchain; running Maven itself on 25 saves a new javac process for each module.
    # The two options keep Maven's own old libraries from filling the screen with warnings.
    (
        cd "${here%/*}" &&
            JAVA_HOME=$JAVA_FOUND \
                MAVEN_OPTS="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}" \
                exec mvn -B "$@"
    )
}
