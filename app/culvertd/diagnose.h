// `culvertd diagnose`: the report of the network, once, from an identity that lives as long as it does.
#pragma once

class QCommandLineParser;

namespace culvert {

/// Prints the report, complete or after 5 s, and returns the program's exit code. With --data the third parties of that
/// profile are asked too, where it opens by itself and no other Culvert has it open.
int diagnose(const QCommandLineParser& parser);

} // namespace culvert
