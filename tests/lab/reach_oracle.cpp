// Says of pairs of homes whether they can meet, by predict(): the oracle of the laboratory's reach matrix.
//
//   input, a pair a line:   CALLER CALLEE alone|both       homes in the words of tests/sim/known_homes.h
//   output, line by line:   yes PATH | unknown | no OBSTACLE
//
// Who is called is registered with a third party that both can reach, and knows where the caller is where both have
// exchanged their addresses.
#include "core/messenger/names.h"
#include "tests/sim/known_homes.h"

#include <iostream>

int main() {
    using namespace culvert;
    std::string caller, callee, who;
    while (std::cin >> caller >> callee >> who) {
        const auto ours = sim::homeInWords(caller), theirs = sim::homeInWords(callee);
        if (!ours || !theirs || (who != "alone" && who != "both")) {
            std::cerr << "cannot read: " << caller << ' ' << callee << ' ' << who << '\n';
            return 2;
        }
        PairFacts facts{sim::factsOf(*ours), sim::factsOf(*theirs), {Answer::Yes, Answer::No, Answer::No}};
        facts.ours.knowsOther = Answer::Yes;
        facts.theirs.knowsOther = who == "both" ? Answer::Yes : Answer::No;
        facts.ours.teredo = facts.theirs.teredo = TeredoReach::None; // there is no server
        const PairOutlook outlook = predict(facts.ours, facts.theirs, facts.help);
        std::cout << nameOf(outlook.possible);
        if (outlook.possible == Answer::Yes)
            std::cout << ' ' << nameOf(outlook.road);
        if (outlook.possible == Answer::No)
            std::cout << ' ' << nameOf(outlook.obstacle);
        std::cout << '\n';
    }
    return 0;
}
