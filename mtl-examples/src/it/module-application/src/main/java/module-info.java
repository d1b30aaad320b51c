/** An application that is a module of its own. */
module shop.modular {
    requires io.mtl4j.core;
    requires io.mtl4j.nn;
    requires jdk.unsupported; // of JavaCPP, by which ND4J reaches its arrays
}
