/** Does one piece of work at a time, in the order in which they come. No work may reject. */
export type OneByOne = (work: () => Promise<void>) => Promise<void>;

export const createOneByOne = (): OneByOne => {
  let last = Promise.resolve();
  return (work) => {
    last = last.then(work);
    return last;
  };
};
